"""Under which user Postgres runs: it refuses uid 0, and the fresh machine of `make up` may know no other."""

import contextlib
import ctypes
import os
import pwd
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_CLONE_NEWUSER = 0x10000000
_NOBODY = 65534


@dataclass(frozen=True)
class Identity:
    """Owner of the files, and how a process takes on the identity right before exec."""

    uid: int
    gid: int
    assume: Callable[[], None]


def identity_that_reaches(*folders: Path) -> Identity:
    """The first identity that Postgres accepts and that reaches all these folders; exits with advice if there is none."""
    for candidate in _candidates():
        if _succeeds_in_a_child(lambda candidate=candidate: _assume_and_reach(candidate, folders)):
            return candidate
    sys.exit(
        "Postgres refuses to run as root, and neither a user namespace nor the user `nobody` reaches "
        f"{' and '.join(str(folder) for folder in folders)}. "
        "Run as a normal user, or put the checkout and VAR_DIR where everybody may enter."
    )


def give(folder: Path, to: Identity) -> None:
    """Make `folder` and all below it belong to this identity. Only root can, and only root needs it."""
    if os.geteuid() != 0 or folder.stat().st_uid == to.uid:
        return
    # The top last: an interrupted change of owner is then done again.
    for parent, _, names in os.walk(folder, topdown=False):
        for name in names:
            os.chown(Path(parent, name), to.uid, to.gid, follow_symlinks=False)
        os.chown(parent, to.uid, to.gid)


def _candidates() -> list[Identity]:
    uid, gid = os.geteuid(), os.getegid()
    if uid != 0 and _is_known(uid):
        return [Identity(uid, gid, lambda: None)]
    namespace = Identity(uid, gid, _enter_namespace)
    return [namespace] if uid != 0 else [namespace, Identity(_NOBODY, _NOBODY, _become_nobody)]


def _is_known(uid: int) -> bool:
    """Initdb fails for a uid without a name, as some container platforms hand out."""
    try:
        return bool(pwd.getpwuid(uid))
    except KeyError:
        return False


def _enter_namespace() -> None:
    """Call ourselves uid 65534 in a user namespace, and stay who we are for the file system.

    So nothing needs another owner, and folders closed to everybody else, such as mktemp -d makes, stay in reach.
    """
    uid, gid = os.geteuid(), os.getegid()
    if ctypes.CDLL(None, use_errno=True).unshare(_CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "user namespaces are not allowed here")
    # The kernel takes a gid_map from an unprivileged process only after setgroups is given up.
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{_NOBODY} {uid} 1")
    Path("/proc/self/gid_map").write_text(f"{_NOBODY} {gid} 1")


def _become_nobody() -> None:
    os.setgroups([])
    os.setresgid(_NOBODY, _NOBODY, _NOBODY)
    os.setresuid(_NOBODY, _NOBODY, _NOBODY)


def _assume_and_reach(identity: Identity, folders: tuple[Path, ...]) -> bool:
    identity.assume()
    return all(os.access(folder, os.X_OK) for folder in folders)


def _succeeds_in_a_child(claim: Callable[[], bool]) -> bool:
    """Try what cannot be undone in a process that ends with it."""
    child = os.fork()
    if child == 0:
        with contextlib.suppress(OSError):
            os._exit(0 if claim() else 1)
        os._exit(1)
    return os.waitpid(child, 0)[1] == 0
