"""Every action of the clinic in the words an inspector reads; a test fails for one that has none.

A page that asks before an action is named ``…_page``: it was opened, and nothing was changed.
"""

from __future__ import annotations

from kap.vocabulary.sentences import Sentence

WORDS: dict[str, Sentence] = {
    "accounts.accept_invitation": Sentence("Accepted an invitation to work here"),
    "accounts.arrive": Sentence("Came in to work"),
    "accounts.change_phone": Sentence("Changed a person's telephone number"),
    "accounts.change_phone_page": Sentence("Opened the page to change a person's telephone number"),
    "accounts.change_roles": Sentence("Changed a person's roles"),
    "accounts.change_roles_page": Sentence("Opened the page to change a person's roles"),
    "accounts.change_sites": Sentence("Changed the sites a person works at"),
    "accounts.change_sites_page": Sentence("Opened the page to change a person's sites"),
    "accounts.choose": Sentence("Chose this organization to work in"),
    "accounts.confirm": Sentence("Confirmed again who they are"),
    "accounts.invite": Sentence("Invited a person to work here"),
    "accounts.invite_page": Sentence("Opened the page to invite a person"),
    "accounts.lock": Sentence("The screen was locked"),
    "accounts.mail_invitation": Sentence("Mailed an invitation"),
    "accounts.open_invitation": Sentence("Opened an invitation"),
    "accounts.record_leaving": Sentence("Recorded that a person left"),
    "accounts.record_leaving_page": Sentence("Opened the page to record that a person left"),
    "accounts.see_account": Sentence("Looked at their own account"),
    "accounts.see_invitations": Sentence("Looked at the invitations"),
    "accounts.see_person": Sentence("Looked at a member of the staff"),
    "accounts.see_roles": Sentence("Looked at the roles"),
    "accounts.see_staff": Sentence("Looked at the staff"),
    "accounts.send_invitation_again": Sentence("Sent an invitation again"),
    "accounts.send_invitation_page": Sentence("Opened the page to send an invitation again"),
    "accounts.sign_in": Sentence("Signed in"),
    "accounts.sign_out": Sentence("Signed out"),
    "accounts.unlock": Sentence("Unlocked the screen"),
    "accounts.withdraw_invitation": Sentence("Withdrew an invitation"),
    "accounts.withdraw_invitation_page": Sentence("Opened the page to withdraw an invitation"),
    "audit.export": Sentence("Took a copy of the audit"),
    "audit.export_batch": Sentence("Went on taking a copy of the audit"),
    "audit.seal": Sentence("Sealed the audit"),
    "audit.see": Sentence("Looked at the audit"),
    "audit.verify": Sentence("Had the audit verified"),
    "audit.verify_page": Sentence("Opened the page to verify the audit"),
    "cases.ask_clearance": Sentence("Asked a specialty to clear a finding"),
    "cases.close": Sentence("Closed a case with an answer"),
    "cases.close_page": Sentence("Opened the page to close a case"),
    "cases.hand_over": Sentence("Handed a case over"),
    "cases.hand_over_page": Sentence("Opened the page to hand a case over"),
    "cases.record_attempt": Sentence("Recorded an attempt in a case"),
    "cases.record_attempt_page": Sentence("Opened the page to record an attempt"),
    "cases.see_case": Sentence("Looked at a case"),
    "cases.see_cases": Sentence("Looked at the cases"),
    "keys.begin_again": Sentence("Began a new keyring after the old one was lost"),
    "keys.destroy": Sentence("Destroyed a key, and with it the private material it sealed"),
    "keys.rotate_data_key": Sentence("Put a new data key into use"),
    "keys.rotate_root": Sentence("Wrapped the data keys with a new root key"),
    "organizations.add_site": Sentence("Opened a site"),
    "organizations.add_site_page": Sentence("Opened the page to open a site"),
    "organizations.change": Sentence("Changed the organization's settings"),
    "organizations.change_page": Sentence("Opened the page to change the organization's settings"),
    "organizations.change_site": Sentence("Changed a site"),
    "organizations.change_site_page": Sentence("Opened the page to change a site"),
    "organizations.close_site": Sentence("Closed a site"),
    "organizations.close_site_page": Sentence("Opened the page to close a site"),
    "organizations.end_sharing": Sentence("Ended the access of another organization"),
    "organizations.end_sharing_page": Sentence("Opened the page to end another organization's access"),
    "organizations.found": Sentence("Founded the organization"),
    "organizations.see": Sentence("Looked at the organization's settings"),
    "organizations.see_grants": Sentence("Looked at the access shared with other organizations"),
    "organizations.see_site": Sentence("Looked at a site"),
    "organizations.see_sites": Sentence("Looked at the sites"),
    "organizations.share_site": Sentence("Gave another organization access to a site"),
    "organizations.share_site_page": Sentence("Opened the page to share a site"),
    "people.add_facts": Sentence("Added facts to a chart"),
    "people.break_glass": Sentence("Opened a chart outside their own access"),
    "people.chart_for": Sentence("Went on with an enquiry in a chart"),
    "people.lose_enquiry": Sentence("Said that an enquiry was lost"),
    "people.move_to_stage": Sentence("Moved a person on"),
    "people.open_chart": Sentence("Opened a chart for a new person"),
    "people.place_people": Sentence("Placed the people of a file in charts"),
    "people.receive_file": Sentence("Received a file of records"),
    "people.refer_oneself": Sentence("Referred themselves on the public page"),
    "people.review_opening": Sentence("Reviewed an opening of a chart"),
    "people.switch_self_referral": Sentence("Opened or closed the self-referral page"),
    "people.take_enquiry": Sentence("Took an enquiry"),
    "people.take_up_again": Sentence("Took up a lost enquiry again"),
    "screening.answer": Sentence("Answered a question of the health history"),
    "screening.ask_page": Sentence("Opened the page to ask for a clearance"),
    "screening.choose_language": Sentence("Chose the language of the health history"),
    "screening.confirm_history": Sentence("Confirmed a health history"),
    "screening.confirm_history_page": Sentence("Opened the page to confirm a health history"),
    "screening.finish_history": Sentence("Sent the health history"),
    "screening.give_link": Sentence("Gave a client a link to the health history"),
    "screening.give_link_page": Sentence("Opened the page to give a client a link"),
    "screening.open_history": Sentence("Opened the health history by its link"),
    "screening.override": Sentence("Overrode a finding"),
    "screening.override_page": Sentence("Opened the page to override a finding"),
    "screening.record_missing": Sentence("Recorded what a screening lacked"),
    "screening.record_missing_page": Sentence("Opened the page to record what is missing"),
    "screening.see": Sentence("Looked at a screening"),
    "screening.see_link": Sentence("Looked at a client's link"),
    "screening.see_list": Sentence("Looked at the screenings to read"),
    "screening.sign": Sentence("Signed a screening"),
    "screening.sign_page": Sentence("Opened the page to sign a screening"),
    "screening.withdraw_link": Sentence("Took a client's link back"),
    "screening.withdraw_link_page": Sentence("Opened the page to take a link back"),
    "stream.keep_alive": Sentence("Kept a screen's live connection"),
    "website.day_board": Sentence("Looked at the day board"),
}

PROGRAMS: dict[str, Sentence] = {
    "command line": Sentence("Command line"),
    "health history": Sentence("A client with a link"),
    "invitation": Sentence("A person with an invitation"),
    "mail": Sentence("Mail"),
    "sealer": Sentence("Sealer"),
    "self-referral": Sentence("Self-referral page"),
    "setup": Sentence("Set-up"),
    "sign-in": Sentence("Sign-in"),
    "worker": Sentence("Worker"),
}


def words_of(action: str) -> Sentence:
    """Return an action in words.

    Missing: an action this version no longer knows is shown by its id.
    """
    return WORDS.get(action) or Sentence("Action {id} of another version", {"id": action})


def program_in_words(name: str) -> Sentence:
    """Return a program's name as an inspector reads it; one without words is shown as it is called."""
    return PROGRAMS.get(name) or Sentence("Program {name}", {"name": name})
