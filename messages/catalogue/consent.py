"""Stopping and starting again: a STOP is confirmed once, and what was agreed to is said again at every new start."""

from messages.catalogue.message import Budget, Message

# One confirmation that only confirms: 47 CFR 64.1200(a)(12), domain-facts D1. START, STOP, HELP: D3.
CONSENT: tuple[Message, ...] = (
    Message(
        "stop.confirmed",
        "{programme}: you will get no more texts or calls from us. To get them again, reply START.",
        note="The law allows one text that only confirms. One segment. START is left as it is.",
        budget=Budget(gsm7=1, ucs2=1),
    ),
    Message(
        "start.resumed",
        "Your texts are on again. The next one comes on {next_on}. Reply STOP to stop. "
        "In an emergency, call 911.",
        note="The person stopped the texts, then sent START while the program still runs.",
    ),
    Message(
        "start.on",
        "Your texts are already on. Reply HELP for help, STOP to stop. In an emergency, call 911.",
        note="The person sent START but had not stopped.",
    ),
    Message(
        "start.offer",
        "Your check-ins are over. In an emergency, call 911. Do you want our texts for 90 more days?\n1 Yes\n2 No",
        note="The person sent START after the last check-in. 90 days may be written as 3 months.",
    ),
    Message(
        "start.again",
        "{programme}: your check-ins start again. About 10 texts: most in 90 days, 1 near the kit's "
        "date. Msg & data rates may apply. Reply HELP for help, STOP to stop. This number is not 911. "
        "In danger, call 911.",
        note="A new start after the program was over. Carriers require each part.",
    ),
    Message(
        "start.declined",
        "OK, we will not start. If you want our texts later, reply START. In an emergency, call 911.",
        note="The person was asked and said no.",
    ),
)
