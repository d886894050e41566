"""The rules that a launcher's options add to `widget_js/loader/launcher.css`, which draws the default."""

from switchboard.rooms.ink import ink_on
from switchboard.rooms.launcher import Icon, Launcher

ICONS: dict[Icon, str] = {
    "chat": "M4 12.5c0-4.4 3.6-7.5 8-7.5s8 3.1 8 7.5-3.6 7.5-8 7.5c-1.2 0-2.4-.2-3.4-.7L4.5 20.5l1-3.8A7.3 7.3 0 0 1 4 12.5z"
    "M8.5 12.5h.01M12 12.5h.01M15.5 12.5h.01",
    "phone": "M6.5 4h2.2c.5 0 .9.3 1 .8l.8 3c.1.4 0 .8-.3 1.1L8.7 10.4a12 12 0 0 0 4.9 4.9l1.5-1.5c.3-.3.7-.4 1.1-.3l3 .8"
    "c.5.1.8.5.8 1v2.2c0 1.4-1.1 2.5-2.5 2.5C10.6 20 4 13.4 4 6.5 4 5.1 5.1 4 6.5 4z",
    "video": "M3.5 8A2 2 0 0 1 5.5 6h7a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-7a2 2 0 0 1-2-2z"
    "M14.5 10.8l4.7-2.9c.6-.4 1.3 0 1.3.7v6.8c0 .7-.7 1.1-1.3.7l-4.7-2.9",
    "mail": "M4 6h16v12.5H4zM4.5 6.5l7.5 6 7.5-6",
    "whatsapp": "M4 20l1.2-4A8 8 0 1 1 8.2 19zM9.3 8.3c-.9.6-.8 2 .5 3.8s3 2.9 4.1 2.7c.8-.1 1.4-.8 1.3-1.4l-1.9-1-.9.9"
    "c-.9-.4-1.7-1.2-2.1-2.1l.8-.9-.8-1.9z",
}
_SIZES = {"small": (44, 20), "medium": (56, 26), "large": (72, 32)}
_MIDDLE = (
    # A tab on the edge; what a notch takes is added to it, so that it still begins at the edge.
    "div{inset-block:0;inset-inline-end:0;margin:auto 0;block-size:fit-content}"
    "button{inline-size:auto;padding:0 12px;padding-inline-end:max(12px,env(safe-area-inset-left),env(safe-area-inset-right));"
    "border-radius:16px;border-start-end-radius:0;border-end-end-radius:0}"
    "span{inset:-10px auto auto 50%;translate:-50%}"
    "@media(min-width:481px){section{inset-block:50% auto;inset-inline-end:calc(100% + 16px);translate:0 -50%}}"
)


def sheet(look: Launcher) -> str:
    """CSS for the launcher's shadow root, behind its own. Made of our words, numbers and hex digits only."""
    rules: list[str] = []
    if look.size != "medium":
        button, glyph = _SIZES[look.size]
        rules.append(f"button{{inline-size:{button}px;block-size:{button}px}}svg{{inline-size:{glyph}px}}")
    if look.height == "middle":
        rules.append(_MIDDLE)
    if look.color:
        rules.append(f"button{{background:#{look.color};color:#{ink_on(look.color)}}}")
    if look.hide_below:
        # 0.02: a zoomed window may be 767.5 px wide, and is below 768 then.
        rules.append(f"@media(max-width:{look.hide_below - 0.02:.2f}px){{button{{display:none}}}}")
    return "".join(rules)
