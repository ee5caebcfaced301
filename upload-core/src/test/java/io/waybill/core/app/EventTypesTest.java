package io.waybill.core.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.event.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The words that everybody outside knows events by. */
class EventTypesTest {

  /** As they were agreed on. A word that was released is never taken away and never changed. */
  private static final String AGREED =
      """
      upload.task_created
      upload.initiated
      upload.started
      upload.presign_issued
      upload.part_acknowledged
      upload.parts_reconciled
      upload.paused
      upload.resumed
      upload.extended
      upload.complete_requested
      upload.complete_refused
      upload.complete_unknown
      upload.completed
      upload.abort_requested
      upload.aborted
      upload.expired
      upload.failed
      upload.cleanup_failed
      upload.object_retried
      dataset.created
      dataset.ready
      dataset.rejected
      dataset.quarantined
      dataset.released
      dataset.archived
      dataset.deleted
      dataset.restored
      dataset.purged
      dataset.purge_requested
      dataset.download_url_issued
      dataset.legal_hold_set
      dataset.legal_hold_released
      dataset.recovered
      dataset.missing_object
      dataset.updated
      dataset.validation_retried
      device.registered
      device.online
      device.offline
      device.disabled
      device.enabled
      device.revoked
      device.credential_rotating
      device.credential_rotated
      device.updated
      device.deleted
      device.credentials_revoked
      device.command_created
      device.command_finished
      quota.warning
      quota.bounded
      storage_policy.created
      storage_policy.updated
      project.created
      project.updated
      project.storage_policy_changed
      project.archived
      project.restored
      project.deleted
      tag_category.created
      tag_category.updated
      tag_category.deleted
      tag.created
      tag.updated
      tag.deleted
      api_key.created
      api_key.revoked
      permission_grant.created
      permission_grant.changed
      permission_grant.deleted
      project_member.invited
      project_member.changed
      project_member.disabled
      project_member.enabled
      project_member.removed
      device.project_granted
      device.project_revoked
      outbox_delivery.replayed
      webhook_endpoint.created
      webhook_endpoint.updated
      webhook_endpoint.deleted
      webhook_endpoint.disabled
      webhook_endpoint.tested
      recovery.started
      recovery.completed
      """;

  private static final Pattern WORD = Pattern.compile("\\| `([a-z_]+\\.[a-z_]+)` \\|");

  @Test
  void the_words_are_those_that_were_agreed_on() {
    assertThat(words()).containsExactlyElementsOf(AGREED.lines().toList());
  }

  @Test
  void the_page_lists_them_all() throws IOException {
    String page = Files.readString(Path.of("../docs/events.md"));

    assertThat(WORD.matcher(page).results().map((MatchResult found) -> found.group(1)))
        .containsExactlyInAnyOrderElementsOf(words());
  }

  private static List<String> words() {
    return EventTypes.ALL.stream().map(EventType::code).toList();
  }
}
