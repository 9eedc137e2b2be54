"""The networks people name on a résumé, and the address of a profile on each."""

import re

from services.resumes.profile import Link

NETWORKS = {
    "linkedin": ("LinkedIn", "linkedin.com/in/"),
    "github": ("GitHub", "github.com/"),
    "gitlab": ("GitLab", "gitlab.com/"),
    "twitter": ("Twitter", "twitter.com/"),
    "stackoverflow": ("StackOverflow", "stackoverflow.com/users/"),
    "stack overflow": ("StackOverflow", "stackoverflow.com/users/"),
    "facebook": ("Facebook", "facebook.com/"),
    "instagram": ("Instagram", "instagram.com/"),
    "medium": ("Medium", "medium.com/@"),
    "dribbble": ("Dribbble", "dribbble.com/"),
    "behance": ("Behance", "behance.net/"),
    "youtube": ("YouTube", "youtube.com/@"),
    "kaggle": ("Kaggle", "kaggle.com/"),
    "xing": ("Xing", "xing.com/profile/"),
    "quora": ("Quora", "quora.com/profile/"),
    "mastodon": ("Mastodon", ""),
    "soundcloud": ("SoundCloud", "soundcloud.com/"),
    "orcid": ("ORCID", "orcid.org/"),
    "bitbucket": ("Bitbucket", "bitbucket.org/"),
    "google scholar": ("Google Scholar", ""),
    "researchgate": ("ResearchGate", "researchgate.net/profile/"),
    "x": ("X", "x.com/"),
    "leetcode": ("LeetCode", "leetcode.com/"),
    "codepen": ("CodePen", "codepen.io/"),
    "skype": ("Skype", ""),
    "telegram": ("Telegram", "t.me/"),
    "hackerrank": ("HackerRank", "hackerrank.com/"),
    "pinterest": ("Pinterest", "pinterest.com/"),
    "vimeo": ("Vimeo", "vimeo.com/"),
    "dev.to": ("DEV", "dev.to/"),
    "hackernews": ("Hacker News", ""),
    "bluesky": ("Bluesky", "bsky.app/profile/"),
    "threads": ("Threads", "threads.net/@"),
    "qiita": ("Qiita", "qiita.com/"),
    "zenn": ("Zenn", "zenn.dev/"),
    "note": ("note", "note.com/"),
    "wantedly": ("Wantedly", ""),
    "reddit": ("Reddit", "reddit.com/user/"),
    "tumblr": ("Tumblr", "tumblr.com/"),
    "flickr": ("Flickr", "flickr.com/people/"),
    "spotify": ("Spotify", ""),
    "keybase": ("Keybase", "keybase.io/"),
    "angellist": ("AngelList", "angel.co/u/"),
}
_CASED = {name: key for key, (name, _) in reversed(NETWORKS.items())}
_HOSTS = {place.split("/")[0]: name for name, place in NETWORKS.values() if place}


def profile_of(name: str, user: str) -> Link:
    network, place = NETWORKS[_CASED.get(name, name).casefold()]
    user = user.strip("@/ ")
    return Link(f"https://{place}{user}" if place else user, network, user)


def link_of(address: str) -> Link:
    """A link as written, with a scheme; the network and the user name by its host and path."""
    url = address if re.match(r"(?i)https?://", address) else f"https://{address}"
    rest = re.sub(r"(?i)^https?://(?:www\.|[a-z]{2}\.)?", "", url)
    host, _, path = rest.partition("/")
    if host.lower() in NETWORKS and path:  # without its domain: "https://facebook/dd"
        return profile_of(host, path)
    network = _HOSTS.get(host.lower(), "")
    parts = [part for part in path.split("?")[0].split("/") if part]
    user = parts[-1].strip("@~") if network and parts else ""
    return Link(url, network, user)


def front_page(link: Link) -> bool:
    """The address of a network without a user."""
    return bool(link.network) and not link.username
