package io.waybill.core.upload.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.fixture.World;
import io.waybill.core.policy.usecase.ProbeStorage.Place;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.ObjectStore.CreateOutcome.Created;
import io.waybill.core.storage.ObjectStore.NewUpload;
import io.waybill.core.storage.UnfinishedUploads;
import io.waybill.core.storage.UnfinishedUploads.Found;
import io.waybill.core.storage.UnfinishedUploads.Listing;
import io.waybill.core.storage.UnfinishedUploads.Marker;
import io.waybill.core.upload.usecase.SweepUploads.Swept;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Uploads that nobody carries end; what somebody carries, or may carry yet, is not touched. */
class SweepUploadsTest {
  private static final Duration OLD = Duration.ofHours(25);

  private final World world = new World();
  private final List<Found> listed = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();
  private final UUID session = world.start().sessionId();
  private final ObjectLocation at = world.stored(session).upload().location();
  private final Place place = new Place(at.endpointRef(), at.bucket());
  private @Nullable Marker next;

  private Swept sweep(boolean listsByPrefix) {
    UnfinishedUploads uploads =
        (endpoint, bucket, prefix, after) -> {
          asked.add(prefix + (after == null ? "" : " behind " + after.uploadId()));
          return new Listing(
              listed.stream().filter(one -> one.key().startsWith(prefix)).toList(), next);
        };
    return new SweepUploads(world.ports, uploads).handle(place, listsByPrefix);
  }

  private String begun(String key, Duration ago) {
    ObjectLocation location = new ObjectLocation(at.endpointRef(), at.bucket(), key);
    var outcome =
        world.storage.createUploads(List.of(new NewUpload(location, "text/plain"))).getFirst();
    String uploadId = ((Created) outcome).uploadId();
    listed.add(new Found(key, uploadId, world.now().minus(ago)));
    return uploadId;
  }

  @Test
  void an_upload_of_a_day_that_no_session_carries_is_aborted_and_the_carried_one_is_not() {
    String orphan = begun(at.key(), OLD);
    listed.add(new Found(at.key(), world.uploadId(session), world.now().minus(OLD)));

    assertThat(sweep(true)).isEqualTo(new Swept(2, 1, false));
    assertThat(world.storage.openUploads()).contains(world.uploadId(session));
    assertThat(world.storage.openUploads()).doesNotContain(orphan);
  }

  @Test
  void so_is_one_under_a_key_of_a_session_that_is_not_there_any_more() {
    String orphan = begun(at.key().replace(session.toString(), UUID.randomUUID() + ""), OLD);

    assertThat(sweep(true).aborted()).isOne();
    assertThat(world.storage.openUploads()).doesNotContain(orphan);
  }

  @Test
  void what_is_younger_than_a_day_or_under_a_key_of_somebody_else_stays() {
    String tenant = world.stored(session).upload().owner().tenantId().toString();
    begun(at.key(), Duration.ofHours(24));
    begun("tenants/backup.tar", OLD);
    begun(at.key().replace(tenant, UUID.randomUUID() + ""), OLD);

    assertThat(sweep(true)).isEqualTo(new Swept(3, 0, false));
  }

  @Test
  void an_upload_whose_id_is_stored_after_it_was_listed_is_carried() {
    UUID late = world.start().sessionId();
    UnfinishedUploads slow =
        (endpoint, bucket, prefix, after) -> {
          Instant old = world.now().minus(OLD);
          String key = world.stored(late).upload().location().key();
          return new Listing(List.of(new Found(key, world.uploadId(late), old)), null);
        };

    assertThat(new SweepUploads(world.ports, slow).handle(place, true).aborted()).isZero();
  }

  @Test
  void a_listing_is_a_page_a_step_and_goes_on_where_it_ended_until_it_is_due_again() {
    next = new Marker(at.key(), "u-1");
    assertThat(sweep(true).more()).isTrue();
    next = null;
    assertThat(sweep(true).more()).isFalse();
    assertThat(sweep(true).scanned()).isZero();
    world.advance(Duration.ofHours(6));
    sweep(true);

    assertThat(asked).containsExactly("tenants/", "tenants/ behind u-1", "tenants/");
  }

  @Test
  void a_store_that_lists_no_prefix_is_asked_for_each_recorded_key_once_young_and_once_late() {
    String orphan = begun(at.key(), OLD);
    world.advance(OLD);
    assertThat(sweep(false).aborted()).isGreaterThanOrEqualTo(1);
    assertThat(world.storage.openUploads()).doesNotContain(orphan);
    world.advance(OLD);
    sweep(false);

    assertThat(asked).isNotEmpty().allMatch(at.key()::equals).hasSizeLessThanOrEqualTo(2);
  }
}
