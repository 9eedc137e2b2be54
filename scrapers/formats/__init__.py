"""Engines that several boards share: JSON feeds, RSS. A format knows the wire, never a board."""
