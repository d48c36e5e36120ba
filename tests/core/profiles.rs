//! Profiles on a machine without Go: the files alone say what they come to.

mod company;
mod importing;
mod keeping;
mod leaking;
mod many;
mod previous;
mod returning;
mod using;

use gopherdesk_core::{
    app::{App, Applied},
    error::Error,
    plan::{ApplyPlan, Plan},
    profile::{Profile, ProfileState, Profiles},
};

use crate::support::block_on;

/// Every profile as it stands now.
fn profiles(app: &App) -> Profiles {
    block_on(app.profile_list(())).expect("a state of the machine is no failure")
}

fn state(app: &App, id: &str) -> ProfileState {
    let list = profiles(app).list;
    let found = list.into_iter().find(|profile: &Profile| profile.id == id);
    found.expect("the profile is listed").state
}

fn apply(app: &App, plan: Result<Plan, Error>) -> Applied {
    block_on(app.plan_apply(agreed(plan))).expect("nothing is in the way of the change")
}

/// Everything that was asked is confirmed: going back can bring a danger back.
fn agreed(plan: Result<Plan, Error>) -> ApplyPlan {
    let plan = plan.expect("nothing is in the way of the plan");
    ApplyPlan {
        id: plan.id,
        confirmed: plan.dangers.into_iter().map(|danger| danger.name).collect(),
    }
}

/// Switches as the user does: planned, then applied.
fn switch(app: &App, id: &str) -> Applied {
    apply(app, block_on(app.profile_plan(id.to_owned())))
}

/// Returns to what was before the last switch.
fn back(app: &App) -> Applied {
    apply(app, block_on(app.profile_previous(())))
}
