"""How many segments a text costs, counted as a carrier counts: GSM-7 where every character allows it, else UCS-2."""

GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_TWO = frozenset("^{}\\[~]|€\f")


def count_segments(text: str) -> int:
    """Segments of one text: 160 (then 153) septets, or 70 (then 67) UTF-16 units; an empty text is one."""
    if all(letter in GSM or letter in GSM_TWO for letter in text):
        return fill([2 if letter in GSM_TWO else 1 for letter in text], 160, 153)
    return fill([2 if ord(letter) > 0xFFFF else 1 for letter in text], 70, 67)


def fill(sizes: list[int], alone: int, joined: int) -> int:
    """How many parts hold letters of these sizes when no letter may be split."""
    if sum(sizes) <= alone:
        return 1
    parts, used = 1, 0
    for size in sizes:
        if used + size > joined:
            parts, used = parts + 1, 0
        used += size
    return parts
