"""What a person calls a browser: "Firefox on Linux". Pure.

Read from a few words of the User-Agent, only so that somebody recognises a session; nothing is decided by it.
"""

# The first that is found: most browsers name the ones they descend from as well.
_BROWSERS = {
    "Edg": "Edge", "OPR/": "Opera", "SamsungBrowser": "Samsung Internet", "Firefox": "Firefox", "FxiOS": "Firefox",
    "CriOS": "Chrome", "Chrome": "Chrome", "Safari": "Safari",
}  # fmt: skip
_SYSTEMS = {
    "iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows", "CrOS": "ChromeOS", "Mac OS": "Mac",
    "Linux": "Linux",
}  # fmt: skip


def device_of(user_agent: str) -> str:
    """Never longer than a few words, and nothing of it is as the browser wrote it."""
    browser = next((name for sign, name in _BROWSERS.items() if sign in user_agent), "A browser")
    system = next((name for sign, name in _SYSTEMS.items() if sign in user_agent), None)
    return f"{browser} on {system}" if system else browser
