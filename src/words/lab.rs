//! The lab: why it is refused, and what it cannot do.

use super::kinds::kinds;
use super::phrases::phrases;
use super::{InWords, Language};
use crate::net::{LabCause, LabError, LabRefusal, LabStep, Network};

phrases! {
    /// The lab, a private network of the session.
    Labs {
        not_linux = "only Linux has private networks";
        app_armor = "here only programs with an AppArmor profile may make a private network (kernel.apparmor_restrict_unprivileged_userns is 1)";
        switched_off = "users may not make private networks here (kernel.unprivileged_userns_clone is 0)";
        limit = "no more private networks may be made here (user.max_user_namespaces and user.max_net_namespaces)";
        not_in_kernel = "this kernel has no private networks (user and network namespaces)";
        no_netem = "this kernel cannot delay or lose packets (it has no netem)";
        sandbox(reason: &str) = "the container or sandbox around this program forbids private networks ({reason})";
        no_helper(reason: &str) = "its helper, which is this program run again, did not start: {reason}";
        no_answer(reason: &str) = "its helper does not answer: {reason}";
        no_packets(reason: &str) = "its packets cannot be seen: {reason}";
        failed(call: &str, reason: &str) = "{call} failed: {reason}";
        server_in_lab = "the server that listens there is in the lab, and this client is not";
        client_in_lab = "the server that listens there is not in the lab, but this client is";
        outside = "it is outside the lab, which has only the loopback addresses 127.0.0.1 and ::1";
        allow_profile = "Install an AppArmor profile for this program that allows userns, or choose the system's network";
        allow_users = "Allow it with sysctl kernel.unprivileged_userns_clone=1, or choose the system's network";
        choose_system = "Choose the system's network";
        choose_loopback = "Choose 127.0.0.1 or ::1, or the system's network";
        choose_same = "Choose the same network for both";
        leave_plain = "Leave packet delay and packet loss empty";
        try_again = "Try again: the next attempt starts another one";
    }
}

kinds! {
    /// Why something did not work in the lab.
    LabErrors for LabError as lab_errors |language|, advice: advice {
        Refused(refusal: &LabRefusal) = { refusal.in_words(language) };
        Outside = { language.labs.outside.to_owned() };
        OtherNetwork(network: &Network) = {
            match network {
                Network::Lab => language.labs.server_in_lab,
                Network::System => language.labs.client_in_lab,
            }.to_owned()
        };
    }
}

impl InWords for LabRefusal {
    fn in_words(&self, language: &Language) -> String {
        let words = &language.labs;
        let reason = || self.source.in_words(language);
        let known = match self.cause {
            LabCause::NotLinux => words.not_linux,
            LabCause::AppArmor => words.app_armor,
            LabCause::SwitchedOff => words.switched_off,
            LabCause::Limit => words.limit,
            LabCause::NotInKernel if self.step == LabStep::Conditions => words.no_netem,
            LabCause::NotInKernel => words.not_in_kernel,
            LabCause::Sandbox => return words.sandbox(&reason()),
            LabCause::Unknown => return self.unknown(&reason(), language),
        };
        known.to_owned()
    }

    fn advice(&self, language: &Language) -> Option<String> {
        let words = &language.labs;
        let advice = match self.cause {
            LabCause::AppArmor => words.allow_profile,
            LabCause::SwitchedOff => words.allow_users,
            _ if self.step == LabStep::Answer => words.try_again,
            _ if self.step == LabStep::Conditions => words.leave_plain,
            _ => words.choose_system,
        };
        Some(advice.to_owned())
    }
}

impl LabRefusal {
    fn unknown(&self, reason: &str, language: &Language) -> String {
        let words = &language.labs;
        let call = match self.step {
            LabStep::Start => return words.no_helper(reason),
            LabStep::Answer => return words.no_answer(reason),
            LabStep::Packets => return words.no_packets(reason),
            LabStep::Namespace => "unshare",
            LabStep::Identity => "uid_map",
            LabStep::Loopback => "RTM_NEWLINK",
            LabStep::Socket => "socket",
            LabStep::Conditions => "RTM_NEWQDISC",
        };
        words.failed(call, reason)
    }
}

fn advice(error: &LabError, language: &Language) -> Option<String> {
    let advice = match error {
        LabError::Refused(refusal) => return refusal.advice(language),
        LabError::Outside => language.labs.choose_loopback,
        LabError::OtherNetwork(_) => language.labs.choose_same,
    };
    Some(advice.to_owned())
}
