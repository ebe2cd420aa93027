"""English: everything the coach says, prints and recognises, as one object."""

from __future__ import annotations

from player.wording.en import actions, paper, phrases, positions, said, speed, spelling
from player.wording.wording import Wording

ENGLISH = Wording(
    three_letters="eng",
    voice="en-us",
    phrases=phrases,
    positions=positions,
    spelling=spelling,
    paper=paper,
    seconds_to_say=speed.seconds_to_say,
    said=said.said,
    doubts=said.doubts,
    actions=actions.actions,
    seconds_for=actions.seconds_for,
    things_in=actions.things_in,
    says_leave_out=actions.says_leave_out,
    puts_down=actions.puts_down,
    holds_up=actions.holds_up,
)
"""The coach's own language."""
