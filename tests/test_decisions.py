"""Every decision that is in force is proved by a named test, and what a decision points to is there.

Decisions are kept in `fixtures/decisions.yaml`; the tests that prove them, in this table: `file::function` below
`tests/` or, beginning with `contract:`, below `contract_tests/`.
"""

import ast
from pathlib import Path
from typing import Any

import pytest

from emulator.spec import loader, yaml

ROOT = Path(__file__).parents[1]
PROOFS = {
    # Verdicts on clients
    "verdict_on_planned_trouble": "test_verdicts_on_clients.py::test_planned_trouble_alone_is_no_fault",
    "verdict_on_haste": "test_verdicts_on_clients.py::test_haste_is_judged_only_where_both_clocks_say_so",
    "verdict_on_ends": "test_verdicts_on_clients.py::test_the_first_use_after_the_end_is_a_fault_only_in_real_time",
    "verdict_on_calls_under_way": (
        "test_verdicts_on_clients.py::test_any_number_of_tasks_may_meet_the_end_of_the_balance"
    ),
    "verdict_on_repeats": "test_verdicts_on_clients.py::test_what_was_lost_or_came_to_nothing_may_be_created_again",
    "verdict_without_all_calls": (
        "test_client_rules.py::test_a_journal_that_dropped_calls_makes_some_rules_blind_and_says_so"
    ),
    "verdict_on_ids_of_examples": "test_verdicts_on_clients.py::test_ids_of_examples_need_no_call_that_made_them",
    "verdict_on_assumed_rules": "test_verdicts_on_clients.py::test_a_breach_of_an_assumed_rule_is_a_warning",
    "spent_for_nothing": "test_coverage.py::test_what_was_had_already_is_paid_for_nothing",
    # Small print
    "key_beside_another_client_id": (
        "contract:test_credentials.py::test_an_sk_key_beside_another_clients_id_is_refused"
    ),
    "undocumented_members": "test_small_print.py::test_members_that_no_page_documents_are_ignored",
    "infringement_countries": "test_small_print.py::test_only_patents_of_the_asked_offices_are_compared",
    "letter_case_of_ids": "test_small_print.py::test_letter_case_of_ids_and_numbers_does_not_matter",
    "filed_after": "test_small_print.py::test_apply_start_time_includes_the_day_itself",
    "asked_for_delay": "test_small_print.py::test_a_delay_that_was_asked_for_is_a_real_wait",
    "empty_required_member": "test_small_print.py::test_an_empty_required_member_counts_as_missing",
    "body_not_in_time": "test_small_print.py::test_a_body_that_does_not_come_in_time_is_given_up",
    "expression_nesting": "test_expressions.py::test_brackets_nest_to_a_bound_and_no_deeper",
    "report_text_printed": "test_small_print.py::test_a_report_prints_a_bounded_part_of_what_was_submitted",
    "report_rows_printed": "test_small_print.py::test_a_report_prints_a_bounded_part_of_what_was_submitted",
    "own_patents_contradictions": "test_brought_records.py::test_a_wrong_record_is_named_and_changes_nothing",
    "last_day_of_the_world": "test_generator.py::test_each_rule_fires",
    # Which refusal comes first
    "order_of_checks": "contract:test_precedence.py::test_the_first_of_two_wins",
    "asked_for_error": "test_pipeline.py::test_an_error_asked_for_comes_before_credentials_and_costs_nothing",
    "asked_for_error_unknown": "test_pipeline.py::test_an_unknown_wish_is_a_400_and_in_the_journal",
    "order_of_limit_checks": "contract:test_precedence.py::test_the_first_of_two_wins",
    "busy": "test_precedence_busy.py::test_nothing_was_done_when_the_service_is_busy",
    "planned_faults_order": ("test_faults.py::test_the_first_that_fires_has_the_call_and_the_others_count_it"),
    "answers_lost_on_purpose": "test_fault_effects.py::test_what_is_cut_was_done_and_costs_nothing",
    "reserved_values": "test_reserved.py::test_a_word_plans_the_task_it_is_sent_with",
    "reserved_values_without_a_task": "test_reserved.py::test_without_a_task_stuck_is_busy_and_nothing_is_done",
    "instant_of_success_by_polls": "contract:test_plans.py::test_a_report_lives_from_the_poll_that_says_success",
    "plan_of_a_task": "test_plans.py::test_the_first_word_on_each_question_counts",
    "latency_documented": "test_latency.py::test_every_answer_takes_as_long_as_documented",
    "reserved_secret": "test_accounts.py::test_the_reserved_secret_is_never_bound",
    "search_and_store_errors": "test_decided.py::test_some_errors_come_only_when_asked_for",
    "service_fault": "test_pipeline.py::test_a_fault_of_ours_is_answered_as_one_and_logged",
    "operation_not_bought": "test_decided.py::test_an_operation_that_was_not_bought_is_one_without_permission",
    # Accounts and credentials
    "two_generations_of_credentials": "contract:test_credentials.py::test_an_sk_key_is_enough_as_bearer_or_as_apikey",
    "account_opening": "test_accounts.py::test_a_client_opens_its_account_and_is_bound_to_its_secret",
    "account_of_a_key": "test_accounts.py::test_a_well_formed_key_opens_an_account_whose_name_does_not_tell_it",
    "secret_binding": "contract:test_token_call.py::test_a_secret_is_bound_at_first_use",
    "key_shape": "test_accounts.py::test_a_key_that_is_not_well_formed_is_refused",
    "key_rejected": "contract:test_credentials.py::test_a_garbage_bearer_is_named_otherwise_on_the_live_wire",
    "token_expired": "contract:test_credentials.py::test_a_token_dies_at_1800_seconds",
    "token_life": "test_tokens.py::test_a_token_lives_half_an_hour_to_the_millisecond",
    "new_token_keeps_old": "test_tokens.py::test_a_new_token_leaves_the_old_one_good",
    "token_request_forms": "contract:test_token_call.py::test_a_token_may_be_asked_for_in_every_observed_way",
    "token_answer_shape": "contract:test_token_call.py::test_the_token_answer_serves_both_kinds_of_reader",
    "token_error_table": "test_decided.py::test_the_token_call_refuses_with_codes_of_its_own_table",
    "grant_type_wrong": "contract:test_token_call.py::test_another_grant_type_is_refused",
    # The look of an answer
    "wire_profiles": "test_envelope_bytes.py::test_every_code_has_its_exact_bytes",
    "status_of_old_pages": "test_envelope_bytes.py::test_the_status_follows_from_the_code_where_the_page_lists_it",
    "created_status": "test_pipeline.py::test_created_is_answered_where_it_was_switched_on_and_the_page_lists_it",
    "page_generations": "test_envelope_bytes.py::test_a_contract_page_refuses_in_its_own_words",
    "page_generations_of_claims_and_descriptions": (
        "contract:test_translated_texts.py::test_refusals_have_the_codes_and_texts_of_the_chinese_page"
    ),
    "nearest_codes": "test_envelope_bytes.py::test_a_cause_has_its_code_or_the_nearest_one_of_the_page",
    "language_of_errors": "test_envelope_bytes.py::test_every_code_has_its_exact_bytes",
    "failure_without_data": "test_envelope_bytes.py::test_every_code_has_its_exact_bytes",
    "failure_key_order": "test_envelope_bytes.py::test_the_one_live_refusal_known_byte_for_byte_is_that",
    "error_text_key": "test_envelope_bytes.py::test_a_contract_page_refuses_in_its_own_words",
    "amount_header": "test_envelope_bytes.py::test_the_headers_of_an_answer_are_these",
    "examples_disagree": "test_decided.py::test_a_contract_page_s_example_wins_over_that_of_another_page",
    "three_operations_named_ai39_1": "test_decided.py::test_two_operations_share_a_number_and_the_path_decides",
    # Requests in general
    "undocumented_parameter": "test_pipeline.py::test_a_strict_account_refuses_what_others_are_only_told_of",
    "null_or_empty_optional": "test_request_checker.py::test_null_means_absent_at_any_depth",
    "integer_written_as_decimal": "test_request_checker.py::test_only_a_whole_number_is_an_integer_in_json",
    "integer_written_as_text": "test_request_checker.py::test_only_a_whole_number_is_an_integer_in_json",
    "query_key_twice": "test_request_checker.py::test_a_query_key_that_comes_twice_is_a_breach",
    "body_over_limit": "contract:test_limits.py::test_a_json_body_is_read_up_to_its_bound",
    # Ids, lives, links
    "id_unknown": "test_tasks.py::test_foreign_and_unknown_ids_and_those_of_another_operation_are_refused_alike",
    "id_foreign": "test_tasks.py::test_foreign_and_unknown_ids_and_those_of_another_operation_are_refused_alike",
    "id_expired": "contract:test_tasks.py::test_expired_task_answers_as_if_unknown",
    "example_ids": "contract:test_examples.py::test_the_documented_id_names_something_finished",
    "end_of_life": "test_tasks.py::test_the_state_follows_from_the_record_and_the_instant",
    "submit_task_life": "contract:test_lives.py::test_a_task",
    "expiry_is_final": "test_tasks.py::test_a_state_that_is_final_stays",
    "instant_of_success": "test_tasks.py::test_an_order_is_kept_with_its_instant",
    "search_id_after_20_minutes": "contract:test_lives.py::test_a_search_older_than_recommended_answers_and_is_noted",
    "batch_life": "contract:test_batch_search.py::test_a_result_is_kept_for_seven_days_from_its_success",
    "report_link_life": "contract:test_lives.py::test_a_link_signed_for_three_hours",
    "report_after_its_life": "contract:test_lives.py::test_a_report_lives_from_its_success",
    "image_link_life": "contract:test_lives.py::test_an_answered_picture_signed_for_seven_days",
    "refused_file_link": "contract:test_reports.py::test_a_touched_link_is_refused",
    "answer_forms": "test_answer_forms.py::test_every_form_of_every_answer_fits_its_page",
    "time_after_an_answer": "test_answer_forms.py::test_time_goes_by_behind_the_answer_of_the_met_call",
    # How long work takes
    "task_duration": "test_tasks.py::test_a_task_runs_as_long_as_decided_and_a_search_is_done_at_once",
    "batch_search_hours": "contract:test_batch_search.py::test_a_batch_is_ready_at_the_next_eight_in_the_morning",
    # Searches by image
    "batch_id_names": "contract:test_batch_search.py::test_an_id_is_read_back_by_either_name",
    "batch_picture_unseen": "contract:test_batch_search.py::test_a_picture_that_cannot_be_seen_fails_alone",
    "batch_pictures_seen_at_creation": (
        "contract:test_batch_search.py::test_a_picture_that_dies_before_morning_is_searched_all_the_same"
    ),
    "batch_status_words": "contract:test_batch_search.py::test_a_failed_batch_says_so_and_nothing_else",
    "batch_counts": "contract:test_batch_search.py::test_each_picture_is_searched_for_itself",
    "batch_threshold": "contract:test_batch_search.py::test_each_picture_is_searched_for_itself",
    "image_unknown_or_expired": "contract:test_lives.py::test_a_picture_in_a_call",
    "image_not_a_picture": "contract:test_hostile_uploads.py::test_only_a_whole_picture_is_taken",
    "image_over_4096_kb": "contract:test_limits.py::test_a_picture_over_its_size_is_a_refused_file",
    "upload_without_file": "contract:test_required.py::test_a_required_parameter_left_out_is_refused",
    "image_foreign": "test_decided.py::test_the_text_of_a_foreign_address_decides_and_nothing_is_fetched",
    "image_samples": "test_decided.py::test_every_sample_address_of_the_pages_is_a_known_picture",
    "limit_of_search_id": "test_decided.py::test_a_design_search_without_a_limit_shows_ten",
    "image_urls_none": "test_decided.py::test_an_empty_list_of_pictures_is_refused",
    "img_id_always": "test_decided.py::test_the_id_of_a_picture_is_always_told",
    "model_of_other_patent_type": "test_request_checker.py::test_a_value_must_go_with_that_of_another_parameter",
    "likeness_of_pictures": "test_sight.py::test_a_changed_copy_finds_its_patent_first",
    "other_class_weight": "contract:test_pictures.py::test_model_1_lowers_other_classes_and_model_2_tells_none",
    "colour_weight": "contract:test_pictures.py::test_model_4_counts_colours_and_model_3_does_not",
    "line_drawing_of_report": "contract:test_pictures.py::test_the_drawing_of_a_known_or_foreign_picture_stands_for_it",
    "words_of_a_search": "test_words.py::test_a_word_is_found_where_it_stands",
    "wildcards_of_a_search": "test_words.py::test_a_word_is_found_where_it_stands",
    "stemming": "test_words.py::test_stemming_finds_other_forms_of_english_words_in_texts_alone",
    "fields_of_a_query": "test_words.py::test_the_fields_are_those_of_the_decision_and_each_searches_its_part",
    "assignees_expression": "contract:test_search_filters.py::test_a_filter_finds_what_the_file_holds",
    "operators_in_any_case": "test_expressions.py::test_an_expression_is_read_into_its_tree",
    "order_without_field": "contract:test_search_pages.py::test_without_a_field_order_sorts_the_score",
    "results_filters": "contract:test_search_pages.py::test_the_filters_of_the_search_do_not_bind_itsresults",
    "sort_by_issue_date": "contract:test_search_pages.py::test_results_are_sorted_by_the_named_date",
    # Infringement
    "patents_over_100": "test_decided.py::test_too_few_or_too_many_are_refused",
    "patents_none": "test_decided.py::test_too_few_or_too_many_are_refused",
    "urls_none": "test_decided.py::test_too_few_or_too_many_are_refused",
    "country_with_commas": "test_request_checker.py::test_a_breach_in_the_body_cites_its_page",
    "patents_never_returned": "contract:test_infringement.py::"
    "test_a_strict_account_takes_only_patents_that_a_search_returned",
    "patents_with_dead_links": "contract:test_infringement.py::test_a_strict_account_takes_no_dead_links",
    "submit_without_url": "contract:test_infringement.py::test_a_clearance_without_a_picture_searches_by_words",
    "submit_without_anything": "test_decided.py::test_without_picture_field_and_class_nothing_can_be_searched",
    "submit_lang_required": "test_request_checker.py::test_a_breach_in_the_body_cites_its_page",
    "infringement_result_fields": "test_decided.py::test_fields_of_the_infringement_result_are_graded_as_assumed",
    "result_before_the_end": "contract:test_tasks.py::test_a_running_task_shows_nothing_but_its_state",
    "comparison_score_scale": "test_decided.py::test_scores_of_comparisons_run_to_one",
    "risk_levels": "test_decided.py::test_levels_of_risk_begin_at_these_scores",
    "one_to_one_patent": "contract:test_one_to_one.py::test_designs_and_utility_models_can_be_compared",
    "one_to_one_language": "contract:test_one_to_one.py::test_without_a_language_it_is_written_in_chinese",
    "comparison_texts": "contract:test_verdicts.py::test_texts_name_their_patent_and_its_likeness",
    "comparison_product": "contract:test_verdicts.py::test_a_picture_and_a_patent_are_told_of_alike_in_every_result",
    "same_look": "test_verdict.py::test_a_picture_is_taken_for_the_design_most_like_it",
    "first_view_hides": "test_verdict.py::test_what_a_first_view_does_not_show_is_left_to_the_others",
    "lapsed_right": "test_verdict.py::test_a_lapsed_right_is_no_suspect",
    "comparison_without_picture": "contract:test_verdicts.py::test_without_a_picture_nothing_is_said_of_looks",
    "comparison_count": "test_decided.py::test_a_clearance_report_compares_ten_and_lists_a_hundred_at_most",
    "clearance_listed": "test_decided.py::test_a_clearance_report_compares_ten_and_lists_a_hundred_at_most",
    "rrf_constant": "test_decided.py::test_both_rankings_are_merged_with_their_constant_and_weights",
    "rerank_weights": "test_decided.py::test_both_rankings_are_merged_with_their_constant_and_weights",
    "score_without_picture": "test_decided.py::test_without_a_picture_all_score_alike_and_the_newest_come_first",
    # Evaluation reports
    "report_pending": "contract:test_reports.py::test_pending_then_success",
    "report_failed": "contract:test_reports.py::test_a_failed_report_has_no_link",
    "export_without_job_id": "contract:test_required.py::test_a_required_parameter_left_out_is_refused",
    "job_id_shape": "test_tasks.py::test_an_id_is_written_as_its_page_shows",
    "evaluation_text_length": "test_decided.py::test_a_short_text_is_evaluated_and_an_empty_one_refused",
    "valuation_duration": "contract:test_tasks.py::test_a_task_runs_as_long_as_decided",
    "valuation_waiting": "contract:test_value_reports.py::test_a_report_waits_is_exported_and_is_done",
    "valuation_job_id": "contract:test_value_reports.py::test_a_job_id_is_a_number_that_a_reader_with_53_bits_keeps",
    "valuation_patent": "contract:test_value_reports.py::test_a_patent_that_is_not_supported_is_refused",
    "valuation_language": "contract:test_value_reports.py::test_a_chinese_patent_has_a_chinese_report",
    "valuation_status_fields": "contract:test_value_reports.py::test_a_failed_report_tells_its_cause",
    "valuation_link_life": "contract:test_value_reports.py::test_a_link_lives_seven_days",
    "valuation_rules": "test_appraisal.py::test_the_estimate_is_the_base_times_its_factors",
    "evaluation_scores": "test_assessment.py::test_the_nearer_the_similar_patents_the_lower_the_scores",
    "evaluation_weights": "test_assessment.py::test_a_dimension_is_the_weighted_mean_of_its_indices",
    "evaluation_rules": "test_assessment.py::test_gibberish_is_not_scored_and_no_feature_named",
    "nearness": "test_assessment.py::test_what_shares_everyday_words_only_is_not_similar",
    "evaluation_similar_patents": "test_similarity.py::test_of_a_family_the_nearest_member_is_listed",
    "evaluation_language": "contract:test_reports.py::test_a_chinese_text_makes_a_chinese_report",
    # Translations
    "lang_absent": "contract:test_translations.py::test_without_lang_the_language_is_english",
    "lang_unknown": "contract:test_translations.py::test_another_language_is_refused",
    "patent_without_id": "test_request_checker.py::test_one_of_several_must_be_given",
    "patent_with_both_ids": "contract:test_translations.py::test_patent_id_wins_over_patent_number",
    "ids_over_100": "test_request_checker.py::test_a_list_in_a_text_is_split_and_bounded",
    "ids_twice": "contract:test_translations.py::test_doubles_count_towards_the_hundred_and_are_billed_once",
    "ids_unknown": "contract:test_translations.py::test_unknown_ids_are_left_out_and_not_billed",
    "ids_all_unknown": "contract:test_translations.py::test_none_known_is_an_empty_free_success",
    "abstract_missing": "contract:test_translations.py::test_a_missing_abstract_is_left_out_and_not_billed",
    "abstract_replaced": "contract:test_translations.py::test_a_missing_abstract_is_replaced_from_the_family",
    "abstract_example": "contract:test_translations.py::test_the_example_of_the_page_comes_literally",
    "translations_of_claims_and_descriptions": (
        "contract:test_translated_texts.py::test_doubles_and_unknown_ids_are_neither_told_nor_billed_again"
    ),
    # Numbers, legal status, families
    "numbers_as_written": "contract:test_number_search.py::test_a_number_is_found_however_it_is_written",
    "numbers_listed": "contract:test_number_search.py::test_several_numbers_come_in_the_order_asked",
    "numbers_not_understood": (
        "contract:test_number_search.py::test_what_is_no_list_of_numbers_is_refused_with_a_reason"
    ),
    "numbers_of_both_sorts": "contract:test_number_search.py::test_patents_with_any_number_of_either_sort_are_found",
    "numbers_none": "contract:test_number_search.py::test_offices_alone_are_paged_through_the_latest_first",
    "numbers_order": "contract:test_number_search.py::test_every_number_of_the_file_is_found_at_once_and_in_order",
    "numbers_not_found": "contract:test_number_search.py::test_nothing_found_is_told_otherwise_on_the_live_wire",
    "patents_in_batches": "contract:test_patent_data.py::test_a_hundred_come_in_the_order_asked_and_no_more",
    "simple_legal_status_words": "contract:test_patent_data.py::test_every_legal_status_is_told_in_words",
    "wide_families": "contract:test_patent_data.py::test_publications_of_one_application_join_their_families",
    "wide_family_ids_beyond": "contract:test_patent_data.py::test_the_family_of_the_example_has_the_printed_numbers",
    "family_members": "contract:test_patent_data.py::test_every_patent_has_its_simple_family_and_is_a_member_of_it",
    # What calls cost
    "price_per_item": "contract:test_translations.py::test_unknown_ids_are_left_out_and_not_billed",
    "price_per_call": "test_decided.py::test_searches_cost_one_when_they_find_something_and_else_nothing",
    "price_per_image_found": "contract:test_batch_search.py::test_each_picture_that_finds_something_costs_one",
    "price_per_task": "contract:test_tasks.py::test_submitting_costs_one_credit_and_asking_none",
    "free_calls": "test_decided.py::test_tokens_polls_exports_and_refusals_are_free",
    "price_of_failed_tasks": "contract:test_money.py::test_a_task_that_fails_is_not_billed",
    "quota_per_item": "test_prices.py::test_a_success_costs_units_times_the_account_s_price",
    "quota_of_free_calls": "contract:test_money.py::test_with_nothing_left_what_is_free_goes_on",
    "quota_given_back": "contract:test_money.py::test_a_quota_that_a_failed_task_gave_back_can_be_used_again",
    "failure_before_expiry": "contract:test_money.py::test_a_task_that_only_expired_stays_billed",
    "result_dearer_than_balance": "contract:test_money.py::test_a_balance_that_ends_inside_a_batch_refuses_it_whole",
    "balance_at_opening": "test_bill.py::test_a_new_account_has_ten_thousand_credits_and_has_used_none",
    "balance_set": "contract:test_money.py::test_a_balance_set_is_what_is_left_now",
    "limits_at_opening": "test_quota.py::test_no_limits_hold_at_first",
    "platform_limits": "contract:test_money.py::test_limits_of_the_platform_are_shared_by_all",
    "batch_over_a_limit": "test_quota.py::test_a_result_that_does_not_fit_is_refused_whole",
    "rate_window": "contract:test_money.py::test_while_the_clock_is_frozen_a_second_lasts_until_it_is_moved",
    "day_zone": "contract:test_money.py::test_a_daily_limit_ends_at_midnight_in_beijing",
    "cost_of_trouble": (
        "test_free_calls.py::test_a_reserved_error_costs_nothing_and_other_reserved_words_what_a_task_costs"
    ),
    # Recordings
    "recorded_answers": "test_recordings.py::test_an_account_meets_the_answers_in_their_order",
    "recorded_files": "test_recordings.py::test_uploads_are_answered_in_their_order_whatever_the_file",
    "recorded_refusals": "test_recordings.py::test_a_refusal_of_the_request_comes_in_its_turn",
    "recorded_price": "test_recordings.py::test_an_equal_request_is_answered_as_it_was",
    "recording_scrubbed": "test_scrubbing.py::test_nothing_planted_survives",
    "recording_breaks_documents": "test_scrubbing.py::test_a_breach_of_the_documents_is_recorded_as_it_is",
    "proxy_failures": "test_proxy.py::test_what_fails_before_an_answer_is_told_as_ours_and_the_proxy_lives_on",
    "replay_differences": "test_replay.py::test_differences_are_told_by_kind",
}
DECISIONS = loader.load().decisions


def functions(file: Path) -> set[str]:
    return {node.name for node in ast.parse(file.read_text("utf-8")).body if isinstance(node, ast.FunctionDef)}


def test_every_decision_in_force_has_its_proof() -> None:
    assert [name for name, one in DECISIONS.items() if one.state == "in_force" and name not in PROOFS] == []


def test_no_proof_is_of_a_decision_that_is_not_in_force() -> None:
    assert [name for name in PROOFS if name not in DECISIONS or DECISIONS[name].state != "in_force"] == []


@pytest.mark.parametrize("decision", PROOFS)
def test_the_proof_is_a_test_that_exists(decision: str) -> None:
    place, _, function = PROOFS[decision].partition("::")
    part, _, name = place.rpartition(":")
    file = ROOT / ("contract_tests" if part else "tests") / name
    assert function.startswith("test_")
    assert function in functions(file)


POINTERS = {name: one.where for name, one in DECISIONS.items() if one.where}


@pytest.mark.parametrize("decision", POINTERS)
def test_where_a_decision_points_to_is_there(decision: str) -> None:
    file, _, pointer = str(POINTERS[decision]).partition("#")
    node: Any = yaml.read(loader.SHIPPED / file)
    for step in pointer.split("/") if pointer else ():
        keys = {str(key): key for key in node}
        assert step in keys, f"{step} of {POINTERS[decision]}"
        node = node[keys[step]]


def test_every_switch_is_a_setting_of_accounts_or_of_a_decision_yet_to_come() -> None:
    from emulator.server.control.account_body import AccountBody
    from emulator.settings import Settings

    known = {*AccountBody.model_fields, *Settings.model_fields}
    unknown = {name for name, one in DECISIONS.items() if one.switch and one.switch not in known}
    assert {name for name in unknown if DECISIONS[name].state == "in_force"} == set()
