"""TwiML, the product's answer to a webhook: read as a document, and the texts that stand in it."""

from xml.etree import ElementTree

XML_TYPES = ("text/xml", "application/xml", "text/html")


class BadTwiml(Exception):
    """The answer is no TwiML; `code` is Twilio's number for it."""

    def __init__(self, code: int):
        super().__init__(code)
        self.code = code


def read_messages(content_type: str, body: bytes) -> list[str]:
    """The text of each `<Message>`, in order. Raises BadTwiml 12300 on a wrong content type, 12100 on bad XML."""
    if not body.strip():
        return []
    if content_type == "text/plain":
        return [body.decode("utf-8", "replace")]
    return [
        read_message(verb) for verb in read_response(content_type, body) if verb.tag in ("Message", "Sms")
    ]


def read_response(content_type: str, body: bytes) -> ElementTree.Element:
    """The root of a TwiML document. Raises BadTwiml 12300 on a wrong content type, 12100 on bad XML."""
    if content_type not in XML_TYPES:
        raise BadTwiml(12300)
    if b"<!DOCTYPE" in body:
        raise BadTwiml(12100)
    try:
        return ElementTree.fromstring(body)
    except ElementTree.ParseError:
        raise BadTwiml(12100) from None


def read_message(verb: ElementTree.Element) -> str:
    """The words of one `<Message>`, written directly or in its `<Body>`."""
    inner = verb.find("Body")
    return ((inner if inner is not None else verb).text or "").strip()
