"""The words of SPEC 2's table: what a plan has or has not, and what it counts."""

from enum import Enum, StrEnum


class Unlimited(Enum):
    """A limit that is none, said explicitly."""

    UNLIMITED = "unlimited"


UNLIMITED = Unlimited.UNLIMITED


class Limit(StrEnum):
    """What a plan counts; the fields of `Limits`."""

    ROOMS = "rooms"
    AGENTS = "agents"
    SERVED_CONTACTS_A_YEAR = "served_contacts_a_year"
    TRIGGERS = "triggers"
    CANNED_TEXTS = "canned_texts"
    REPORT_DAYS = "report_days"


class Feature(StrEnum):
    """What a plan has or has not."""

    TEXT = "text"
    VOICE = "voice"
    VIDEO = "video"
    SCREEN_SHARE = "screen_share"
    FILES = "files"
    WIDGET = "widget"
    CLICK_TO_CALL = "click_to_call"
    DIRECT_EMBED = "direct_embed"
    SNIPPETS = "snippets"
    WORDPRESS = "wordpress"
    SHOPIFY = "shopify"
    VISITOR_LIST = "visitor_list"
    BROWSING_HISTORY = "browsing_history"
    SEE_SCREEN = "see_screen"
    WHISPER = "whisper"
    PRIVATE_ROOMS_OF_GENERAL = "private_rooms_of_general"
    INVITATIONS_FREE_OF_CHARGE = "invitations_free_of_charge"
    PRIVATE_ROOMS = "private_rooms"
    INVITATIONS = "invitations"
    PAYMENT_REQUESTS = "payment_requests"
    METER = "meter"
    QUICKEST_REPLY = "quickest_reply"
    SAME_AGENT = "same_agent"
    NEAREST = "nearest"
    ROUND_ROBIN = "round_robin"
    LEAST_BUSY = "least_busy"
    BY_LANGUAGE = "by_language"
    OVERFLOW = "overflow"
    VOICEMAIL = "voicemail"
    RECORDING = "recording"
    WHATSAPP_HAND_OFF = "whatsapp_hand_off"
    TRANSFER = "transfer"
    CONFERENCE = "conference"
    REST_API = "rest_api"
    OUTGOING_WEBHOOKS = "outgoing_webhooks"
    BRANDING_REMOVED = "branding_removed"
    OWN_DOMAIN = "own_domain"
    OWN_FROM_ADDRESSES = "own_from_addresses"
    OIDC_LOGIN = "oidc_login"
    AUDIT_EXPORT = "audit_export"
    RETENTION_RULES = "retention_rules"
