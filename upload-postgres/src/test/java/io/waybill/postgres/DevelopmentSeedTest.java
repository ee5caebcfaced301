package io.waybill.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.access.DeviceAccess;
import io.waybill.core.access.Grant;
import io.waybill.core.access.Identity;
import io.waybill.core.access.Permission;
import io.waybill.core.access.usecase.Authenticate;
import io.waybill.core.app.CommitListener;
import io.waybill.core.project.StoragePolicy;
import io.waybill.core.upload.RoomStore.RoomRequest;
import io.waybill.core.upload.UploadRoom;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DevelopmentSeedTest {
  private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
  private static final UUID TENANT = UUID.fromString("0190a000-0000-7000-8000-000000000001");
  private static final UUID PROJECT = UUID.fromString("0190a000-0000-7000-8000-000000000002");
  private static final UUID OTHER_TENANT = UUID.fromString("0190a000-0000-7000-8000-0000000000a1");

  @Test
  void every_identity_of_the_page_is_there_and_loading_twice_changes_nothing() {
    PostgresSettings settings = TestPostgres.migrated();
    DevelopmentSeed.load(settings, "robot-data");
    DevelopmentSeed.load(settings, "robot-data");

    try (PostgresUnitOfWork work = PostgresUnitOfWork.open(settings, CommitListener.NONE)) {
      Identity all = key(work, "wb_dev_local_only");
      assertThat(all.tenantId()).isEqualTo(TENANT);
      assertThat(codes(all))
          .containsExactlyInAnyOrderElementsOf(
              Stream.of(Permission.values()).map(Permission::code).toList());

      assertThat(codes(key(work, "wb_dev_viewer_local_only")))
          .containsExactlyInAnyOrder("project.view", "dataset.view");
      assertThat(key(work, "wb_dev_other_local_only").tenantId()).isEqualTo(OTHER_TENANT);

      for (String robot : List.of("17", "18")) {
        String hash = Authenticate.hashOf("wbd_dev_robot_" + robot + "_local_only");
        Optional<Identity> device = work.read(tx -> tx.identities().byDeviceCredential(hash, NOW));
        assertThat(device.orElseThrow().label()).isEqualTo("robot-" + robot);
        assertThat(device.orElseThrow().grants())
            .containsExactlyInAnyOrderElementsOf(DeviceAccess.to(PROJECT));
      }
    }
  }

  @Test
  void whether_it_is_loaded_is_told_by_the_registry() throws SQLException {
    PostgresSettings settings = TestPostgres.migrated();
    assertThat(DevelopmentSeed.isLoaded(settings)).isFalse();

    DevelopmentSeed.load(settings, "robot-data");

    assertThat(DevelopmentSeed.isLoaded(settings)).isTrue();
  }

  @Test
  void the_bucket_is_the_one_that_was_asked_for_last() {
    PostgresSettings settings = TestPostgres.migrated();
    DevelopmentSeed.load(settings, "robot-data");
    DevelopmentSeed.load(settings, "their-bucket");

    try (PostgresUnitOfWork work = PostgresUnitOfWork.open(settings, CommitListener.NONE)) {
      RoomRequest request = new RoomRequest(TENANT, PROJECT, null, null, NOW);
      Optional<UploadRoom> room = work.read(tx -> tx.rooms().find(request));
      assertThat(room).hasValueSatisfying(r -> assertThat(r.policy()).isNotNull());
      assertThat(room.map(UploadRoom::toString))
          .hasValueSatisfying(
              text -> assertThat(text).contains("their-bucket").doesNotContain("robot-data"));
    }
  }

  @Test
  void its_policy_leaves_the_life_of_sessions_to_the_installation() {
    PostgresSettings settings = TestPostgres.migrated();
    DevelopmentSeed.load(settings, "robot-data");

    try (PostgresUnitOfWork work = PostgresUnitOfWork.open(settings, CommitListener.NONE)) {
      RoomRequest request = new RoomRequest(TENANT, PROJECT, null, null, NOW);
      StoragePolicy policy =
          work.read(tx -> tx.rooms().find(request)).map(UploadRoom::policy).orElseThrow();
      assertThat(policy.sessionLife()).isNull();
      assertThat(policy.maxSessionLife()).isNull();
    }
  }

  private static Identity key(PostgresUnitOfWork work, String secret) {
    String hash = Authenticate.hashOf(secret);
    return work.read(tx -> tx.identities().byApiKey(hash, NOW)).orElseThrow();
  }

  private static List<String> codes(Identity identity) {
    return identity.grants().stream().map(Grant::code).toList();
  }
}
