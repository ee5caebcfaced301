package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.access.Identity;
import io.waybill.core.access.ProjectScope;
import io.waybill.core.project.Project;
import io.waybill.core.project.StoragePolicy;
import io.waybill.core.upload.RoomStore.RoomRequest;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.TaskStore.NewTask;
import io.waybill.core.upload.UploadEvent;
import io.waybill.core.upload.UploadRoom;
import io.waybill.core.upload.UploadRoom.SourceDevice;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@link io.waybill.core.project.ProjectStore}. */
public abstract class ProjectStoreContract extends PortContract {
  private static final ProjectScope ALL = new ProjectScope(true, Set.of(), Set.of());

  @Test
  void a_project_is_found_in_its_own_tenant() {
    UUID id = world.project().projectId();

    Optional<Project> mine = read(tx -> tx.projects().find(world.tenantId(), id));
    Optional<Project> theirs = read(tx -> tx.projects().find(world.otherTenantId(), id));

    assertThat(mine).contains(world.project());
    assertThat(theirs).isEmpty();
  }

  @Test
  void a_list_shows_what_the_scope_allows_newest_first() {
    Project older = world.project();
    Project newer = world.strict();
    UUID id = older.projectId();

    assertThat(list(ALL, null, 10)).containsExactly(newer, older);
    assertThat(list(ALL, null, 1)).containsExactly(newer);
    assertThat(list(ALL, newer.projectId(), 10)).containsExactly(older);
    assertThat(list(new ProjectScope(false, Set.of(id), Set.of()), null, 10))
        .containsExactly(older);
    assertThat(list(new ProjectScope(true, Set.of(), Set.of(id)), null, 10)).containsExactly(newer);
    assertThat(list(new ProjectScope(false, Set.of(id), Set.of(id)), null, 10)).isEmpty();
  }

  private List<Project> list(ProjectScope scope, @Nullable UUID before, int limit) {
    return read(tx -> tx.projects().list(world.tenantId(), scope, before, limit));
  }

  @Test
  void an_upload_gets_the_policy_it_names_else_its_projects_else_the_default() {
    UUID strict = world.strictPolicy().storagePolicyId();
    UUID foreign = world.foreignPolicy().storagePolicyId();

    assertThat(room(world.project(), null).policy()).isEqualTo(world.policy());
    assertThat(room(world.strict(), null).policy()).isEqualTo(world.strictPolicy());
    assertThat(room(world.project(), strict).policy()).isEqualTo(world.strictPolicy());
    assertThat(room(world.project(), foreign).policy()).isNull();
    assertThat(room(world.project(), Ids.next()).policy()).isNull();
  }

  @Test
  void the_source_device_is_found_by_id_in_the_tenant() {
    Identity robot = world.robot();
    SourceDevice expected = new SourceDevice(robot.id(), robot.label(), Identity.Standing.ACTIVE);

    assertThat(from(robot.id()).sourceDevice()).isEqualTo(expected);
    assertThat(from(null).sourceDevice()).isNull();
    assertThat(from(Ids.next()).sourceDevice()).isNull();
  }

  @Test
  void there_is_no_room_in_a_project_of_another_tenant() {
    RoomRequest request =
        new RoomRequest(world.tenantId(), world.foreign().projectId(), null, null, T0);

    Optional<UploadRoom> room = read(tx -> tx.rooms().find(request));

    assertThat(room).isEmpty();
  }

  @Test
  void open_uploads_and_tasks_are_counted_until_they_end_or_expire() {
    NewTask made = created(2);
    created(Uploads.task(world, world.foreign(), world.foreignPolicy(), 1, T0));
    assertCounts(at(1), 2, 1);

    Session.Initiating first = made.sessions().getFirst();
    Session.Initiated open =
        moved(first, first.initiated("upload-1", at(1)), UploadEvent.INITIATED);
    assertCounts(at(2), 2, 1);
    assertCounts(open.upload().expiresAt(), 1, 1); // the other one is INITIATING still

    Session.Aborting aborting = moved(open, open.abort("no", at(3)), UploadEvent.ABORT_REQUESTED);
    moved(aborting, aborting.confirm(null, at(4)), UploadEvent.ABORTED);
    Session.Initiating second = made.sessions().getLast();
    moved(second, second.abort("no", at(5)), UploadEvent.ABORT_REQUESTED);
    assertCounts(at(6), 0, 0);
  }

  private void assertCounts(Instant now, int uploads, int tasks) {
    RoomRequest request =
        new RoomRequest(
            world.tenantId(), world.project().projectId(), null, world.robot().id(), now);
    UploadRoom room = read(tx -> tx.rooms().find(request)).orElseThrow();
    assertThat(room.tenantOpenUploads()).isEqualTo(uploads);
    assertThat(room.deviceOpenUploads()).isEqualTo(uploads);
    assertThat(room.projectOpenTasks()).isEqualTo(tasks);
  }

  @Test
  void a_sessions_policy_is_the_one_it_was_made_under() {
    NewTask made = created(Uploads.task(world, world.project(), world.strictPolicy(), 1, T0));
    UUID session = made.sessions().getFirst().upload().sessionId();

    Optional<StoragePolicy> mine = read(tx -> tx.policies().ofSession(world.tenantId(), session));
    Optional<StoragePolicy> theirs =
        read(tx -> tx.policies().ofSession(world.otherTenantId(), session));

    assertThat(mine).contains(world.strictPolicy());
    assertThat(theirs).isEmpty();
  }

  private UploadRoom room(Project project, @Nullable UUID policy) {
    RoomRequest request = new RoomRequest(world.tenantId(), project.projectId(), policy, null, T0);
    return read(tx -> tx.rooms().find(request)).orElseThrow();
  }

  private UploadRoom from(@Nullable UUID device) {
    RoomRequest request =
        new RoomRequest(world.tenantId(), world.project().projectId(), null, device, T0);
    return read(tx -> tx.rooms().find(request)).orElseThrow();
  }
}
