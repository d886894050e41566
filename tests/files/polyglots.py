"""Thirty uploads that are two things at once, or claim to be what they are not. Each would run somewhere, served as itself."""

from tests.files.pictures import moving, mp4, ogg, picture, png_with_text, sideways_photo, webm

SCRIPT = b"<script>document.title='canary-ran'</script>"
HTML = b"<!doctype html><html><body onload=alert(1)>" + SCRIPT
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">' + SCRIPT + b"</svg>"
PDF = b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF"
ZIP = b"PK\x03\x04\x14\x00" + b"\0" * 20 + b"A.class" + b"PK\x05\x06" + b"\0" * 18
JS = b"/*\xff\xfb*/=1;alert(1)//"

POLYGLOTS: dict[str, tuple[str, bytes]] = {
    "gifar": ("cat.gif", moving("GIF") + ZIP),
    "jpeg with a jar behind": ("photo.jpg", picture("JPEG") + ZIP),
    "png with html behind": ("page.png", picture("PNG") + HTML),
    "png with script in a text chunk": ("text.png", png_with_text()),
    "jpeg with script in its comment": ("comment.jpg", picture("JPEG", comment=SCRIPT)),
    "jpeg with metadata": ("exif.jpg", sideways_photo()),
    "gif that begins like javascript": ("a.gif", b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)"),
    "svg with script": ("logo.svg", SVG),
    "svg called png": ("logo.png", SVG),
    "svg behind a byte order mark": ("logo.svg", b"\xef\xbb\xbf" + SVG),
    "svgz": ("logo.svgz", b"\x1f\x8b\x08\0" + SVG),
    "html": ("page.html", HTML),
    "html called png": ("page.png", HTML),
    "html in utf-16": ("page.jpg", HTML.decode().encode("utf-16")),
    "html in utf-7": ("page.txt", b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-"),
    "html after a kilobyte of spaces": ("page.gif", b" " * 1024 + HTML),
    "xhtml": ("page.xhtml", b'<html xmlns="http://www.w3.org/1999/xhtml">' + SCRIPT + b"</html>"),
    "xml with a style sheet": ("data.xml", b'<?xml-stylesheet type="text/xsl" href="#"?>' + SVG),
    "pdf with javascript": ("invoice.pdf", PDF),
    "pdf behind a gif head": ("invoice.gif", b"GIF89a" + PDF),
    "pdf that is html": ("both.pdf", PDF + HTML),
    "javascript": ("app.js", b"alert(1)"),
    "javascript that sniffs as mp3": ("song.mp3", JS),
    "flash": ("movie.swf", b"CWS\x0a" + b"\0" * 60),
    "shell link": ("readme.lnk", b"L\0\0\0\x01\x14\x02\0" + b"\0" * 60),
    "web archive": ("page.mhtml", b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n" + HTML),
    "webm with html behind": ("note.webm", webm() + HTML),
    "webm head before html": ("note.webm", b"\x1a\x45\xdf\xa3" + HTML),
    "ogg head before html": ("note.ogg", b"OggS" + HTML),
    "ogg with html behind": ("note.ogg", ogg() + HTML),
    "mp4 with html behind": ("note.m4a", mp4() + HTML),
    "mp4 head before html": ("note.mp4", b"\0\0\0\x18ftypM4A " + HTML),
    "webp head before html": ("a.webp", b"RIFF\0\0\0\0WEBP" + HTML),
}
