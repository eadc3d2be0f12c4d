"""Twilio's refusals: the codes the simulator answers with, and the shape of an error answer (domain-facts E6, E8)."""

MORE_INFO = "https://www.twilio.com/docs/errors/"

# code: (HTTP status, what it says); `{}` takes the offending value.
KNOWN = {
    20001: (400, "A parameter has a value it cannot have: {}"),
    20003: (401, "Authenticate"),
    20404: (404, "The requested resource {} was not found"),
    20409: (409, "The message cannot change now: {}"),
    20429: (429, "Too Many Requests"),
    20500: (500, "An internal server error has occurred"),
    21201: (400, "No 'To' number is specified"),
    21205: (400, "The 'Url' parameter {} is not a valid URL"),
    21206: (400, "The 'SendDigits' parameter {} is invalid"),
    21210: (400, "The source phone number {} is not yet verified for your account"),
    21211: (400, "Invalid 'To' Phone Number: {}"),
    21212: (400, "Invalid 'From' Phone Number: {}"),
    21213: (400, "A 'From' phone number is required"),
    21214: (400, "The 'To' phone number {} cannot be reached"),
    21215: (400, "The account is not authorized to call {}"),
    21216: (400, "The account is not allowed to call {}"),
    21217: (400, "The phone number {} does not appear to be valid"),
    21220: (400, "Invalid call state"),
    21408: (400, "Permission to send an SMS has not been enabled for the region of {}"),
    21602: (400, "Message body is required"),
    21603: (400, "A 'From' phone number or a 'MessagingServiceSid' is required"),
    21604: (400, "A 'To' phone number is required"),
    21606: (400, "The 'From' number {} is not an SMS-capable number of your account"),
    21609: (400, "The 'StatusCallback' URL {} is not a valid URL"),
    21610: (400, "Attempt to send to unsubscribed recipient"),
    21611: (400, "The 'From' number {} has too many messages waiting in its queue"),
    21612: (400, "A message from here cannot reach the 'To' number {}"),
    21614: (400, "The 'To' number {} is not a mobile number"),
    21617: (400, "The message body is longer than 1600 characters"),
    21619: (400, "A text message body or media urls must be specified"),
    21705: (400, "The 'MessagingServiceSid' {} is invalid"),
    30002: (400, "The account is suspended"),
    30409: (409, "The message is not in a state that can be canceled"),
    35111: (400, "A scheduled message needs 'SendAt'"),
    35114: (400, "'SendAt' {} is not between 5 minutes and 35 days from now"),
    35118: (400, "A scheduled message needs a 'MessagingServiceSid'"),
}


OTHER = (400, "The request was refused")


class Refusal(Exception):
    """A request that Twilio would refuse with `code`; `about` names the offending value.

    `retry_after` are the seconds that a caller is asked to wait; 0 says nothing about it.
    """

    def __init__(self, code: int, about: str = "", retry_after: int = 0):
        super().__init__(code)
        self.code, self.retry_after = code, retry_after
        self.status, words = KNOWN.get(code, OTHER)
        self.message = words.format(about)

    def body(self) -> dict[str, object]:
        """The JSON that Twilio sends with an error."""
        return {
            "code": self.code,
            "message": self.message,
            "more_info": f"{MORE_INFO}{self.code}",
            "status": self.status,
        }
