package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.project.Project;
import io.waybill.core.project.ProjectProfile;
import io.waybill.core.project.ProjectRules;
import io.waybill.core.project.ProjectUsage;
import io.waybill.core.upload.RoomStore.RoomRequest;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.TaskStore.NewTask;
import io.waybill.core.upload.UploadEvent;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@link io.waybill.core.upload.RoomStore} of a project with a quota of its own. */
public abstract class QuotaContract extends PortContract {

  @Test
  void a_quota_sees_what_open_uploads_have_promised_until_they_end_or_expire() {
    bound();
    NewTask made = created(2);
    long bytes = made.sessions().getFirst().upload().plan().fileSizeBytes();
    assertThat(usage(at(1))).isEqualTo(new ProjectUsage(0, 2 * bytes, 2));

    Session.Initiating first = made.sessions().getFirst();
    Session.Initiated open =
        moved(first, first.initiated("upload-1", at(1)), UploadEvent.INITIATED);
    assertThat(usage(open.upload().expiresAt())).isEqualTo(new ProjectUsage(0, bytes, 1));

    moved(open, open.abort("no", at(3)), UploadEvent.ABORT_REQUESTED);
    assertThat(usage(at(4))).isEqualTo(new ProjectUsage(0, bytes, 1));
  }

  @Test
  void without_a_quota_nothing_is_counted() {
    created(2);

    assertThat(usage(at(1))).isEqualTo(ProjectUsage.NONE);
  }

  private void bound() {
    Project project = world.project();
    ProjectProfile profile = project.profile();
    ProjectRules rules = new ProjectRules(Map.of(), 1L << 50, null, null);
    ProjectProfile bounded =
        new ProjectProfile(
            profile.slug(), profile.name(), profile.description(), profile.metadata(), rules);
    boolean isWritten = commit(tx -> tx.projects().update(project.with(bounded, at(0))));
    assertThat(isWritten).isTrue();
  }

  private ProjectUsage usage(Instant now) {
    RoomRequest request =
        new RoomRequest(world.tenantId(), world.project().projectId(), null, null, now);
    return read(tx -> tx.rooms().find(request)).orElseThrow().usage();
  }
}
