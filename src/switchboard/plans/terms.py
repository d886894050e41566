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


FEATURE_NAMES = {
    Feature.TEXT: "Text",
    Feature.VOICE: "Voice",
    Feature.VIDEO: "Video",
    Feature.SCREEN_SHARE: "Screen share",
    Feature.FILES: "Sending files",
    Feature.WIDGET: "Widget",
    Feature.CLICK_TO_CALL: "Click to call",
    Feature.DIRECT_EMBED: "Direct embed",
    Feature.SNIPPETS: "A snippet",
    Feature.WORDPRESS: "WordPress",
    Feature.SHOPIFY: "Shopify",
    Feature.VISITOR_LIST: "Visitor list",
    Feature.BROWSING_HISTORY: "Browsing history",
    Feature.SEE_SCREEN: "The SEE screen",
    Feature.WHISPER: "Whisper",
    Feature.PRIVATE_ROOMS_OF_GENERAL: "The private room of GENERAL",
    Feature.INVITATIONS_FREE_OF_CHARGE: "An invitation",
    Feature.PRIVATE_ROOMS: "A private room beside GENERAL",
    Feature.INVITATIONS: "An invitation with a price",
    Feature.PAYMENT_REQUESTS: "A payment request",
    Feature.METER: "The taxi meter",
    Feature.QUICKEST_REPLY: "Quickest reply",
    Feature.SAME_AGENT: "Same agent again",
    Feature.NEAREST: "Distribution to the nearest agent",
    Feature.ROUND_ROBIN: "Round robin",
    Feature.LEAST_BUSY: "Least busy",
    Feature.BY_LANGUAGE: "Distribution by language",
    Feature.OVERFLOW: "An overflow room",
    Feature.VOICEMAIL: "Voicemail",
    Feature.RECORDING: "Recording",
    Feature.WHATSAPP_HAND_OFF: "WhatsApp hand-off",
    Feature.TRANSFER: "Transfer",
    Feature.CONFERENCE: "Conference",
    Feature.REST_API: "The REST API",
    Feature.OUTGOING_WEBHOOKS: "An outgoing webhook",
    Feature.BRANDING_REMOVED: "Removing the branding",
    Feature.OWN_DOMAIN: "A domain of your own",
    Feature.OWN_FROM_ADDRESSES: "A From address of your own",
    Feature.OIDC_LOGIN: "OIDC login",
    Feature.AUDIT_EXPORT: "Export of the audit log",
    Feature.RETENTION_RULES: "A retention rule",
}
"""Before `needs Professional`."""
LIMIT_NAMES = {
    Limit.ROOMS: ("room", "rooms"),
    Limit.AGENTS: ("agent", "agents"),
    Limit.SERVED_CONTACTS_A_YEAR: ("served contact a year", "served contacts a year"),
    Limit.TRIGGERS: ("trigger", "triggers"),
    Limit.CANNED_TEXTS: ("canned text", "canned texts"),
    Limit.REPORT_DAYS: ("day of reports", "days of reports"),
}
"""One of them, several of them."""
