"""The mail catcher: takes every mail of this installation and shows it on a page. Nothing leaves the machine."""
