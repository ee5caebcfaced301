package io.waybill.core.dataset.usecase;

import static io.waybill.core.fixture.World.refusal;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetFile;
import io.waybill.core.dataset.DatasetPreview;
import io.waybill.core.dataset.DatasetProfile;
import io.waybill.core.dataset.DatasetStanding;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.dataset.LegalHold;
import io.waybill.core.dataset.PurgeStanding;
import io.waybill.core.dataset.RecoveryStatus;
import io.waybill.core.dataset.ValidationStatus;
import io.waybill.core.fixture.Registry;
import io.waybill.core.storage.LockBypass;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** All that keeps a dataset is named at once. */
class PurgeRulesTest {

  private static final Instant NOW = Registry.BEGINNING;

  private static Dataset deleted() {
    Dataset made =
        new Dataset(
            new UUID(1, 1),
            Registry.TENANT,
            Registry.PROJECT,
            DatasetProfile.of("a", Map.of()),
            DatasetStanding.of(
                DatasetStatus.CREATED, ValidationStatus.NOT_REQUIRED, RecoveryStatus.NORMAL, null),
            DatasetFile.none("a"),
            null,
            null,
            null,
            null,
            null,
            DatasetPreview.NONE,
            1,
            NOW,
            NOW);
    return made.deleted(NOW);
  }

  @Test
  void whatever_keeps_it_is_named() {
    Instant locked = NOW.plusSeconds(7);
    PurgeStanding standing = new PurgeStanding(1, locked, null, false, null);
    Dataset held = deleted().held(new LegalHold("case 7", NOW), NOW);

    assertThat(refusal(PurgeRules.check(held, standing, NOW, LockBypass.GOVERNANCE)).details())
        .containsEntry("kept_by", List.of("legal_hold", "retention", "object_lock"))
        .containsEntry("locked_until", locked.toString());
    assertThat(refusal(PurgeRules.check(deleted(), standing, locked, LockBypass.NONE)).details())
        .containsEntry("kept_by", List.of("retention"));
    value(PurgeRules.check(deleted(), standing, NOW.plus(Duration.ofDays(1)), LockBypass.NONE));
  }

  @Test
  void a_lock_in_governance_mode_keeps_nothing_from_who_may_go_past_it() {
    Instant later = NOW.plusSeconds(9);
    PurgeStanding governed = new PurgeStanding(null, null, later, false, null);
    PurgeStanding both = new PurgeStanding(null, NOW.plusSeconds(7), later, false, null);

    value(PurgeRules.check(deleted(), governed, NOW, LockBypass.GOVERNANCE));
    value(PurgeRules.check(deleted(), governed, later, LockBypass.NONE));
    assertThat(refusal(PurgeRules.check(deleted(), governed, NOW, LockBypass.NONE)).details())
        .containsEntry("kept_by", List.of("object_lock"))
        .containsEntry("locked_until", later.toString());
    assertThat(refusal(PurgeRules.check(deleted(), both, NOW, LockBypass.GOVERNANCE)).details())
        .containsEntry("locked_until", NOW.plusSeconds(7).toString());
    assertThat(refusal(PurgeRules.check(deleted(), both, NOW, LockBypass.NONE)).details())
        .containsEntry("locked_until", later.toString());
  }

  @Test
  void an_upload_that_may_still_bring_an_object_stands_against_it() {
    PurgeStanding standing = new PurgeStanding(null, null, null, true, null);
    assertThat(refusal(PurgeRules.check(deleted(), standing, NOW, LockBypass.NONE)).code().code())
        .isEqualTo("dataset.upload_in_progress");
  }
}
