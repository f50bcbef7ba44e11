"""The client rules by name. Each has its entry in rules.yaml, and each entry has its rule here."""

from collections.abc import Mapping

from emulator.contract.client_rules import after_errors, credentials, ids, paging, parameters, paths, tasks
from emulator.contract.client_rules.run import RuleFunction

_FUNCTIONS: tuple[RuleFunction, ...] = (
    parameters.parameter_breach,
    parameters.batch_too_long,
    parameters.undocumented_parameter,
    parameters.duplicate_ids,
    parameters.body_unreadable,
    paths.path_unknown,
    paths.method_wrong,
    credentials.credentials_missing,
    credentials.credentials_misplaced,
    credentials.credentials_to_files,
    credentials.token_per_call,
    credentials.dead_token_reused,
    tasks.poll_too_fast,
    tasks.poll_after_end,
    tasks.poll_for_ever,
    tasks.task_never_read,
    tasks.submitted_twice,
    ids.failure_ignored,
    ids.unknown_id,
    ids.dead_id,
    ids.search_too_old,
    ids.dead_link,
    ids.unseen_patents,
    paging.page_repeated,
    paging.page_skipped,
    paging.page_beyond_total,
    after_errors.retried_unchanged,
    after_errors.rate_hammered,
    after_errors.limit_hammered,
)
RULES: Mapping[str, RuleFunction] = {getattr(rule, "__name__"): rule for rule in _FUNCTIONS}  # noqa: B009
