package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.Requests.file;
import static io.waybill.core.fixture.World.refusal;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Grant;
import io.waybill.core.access.Permission;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.World;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.NewTask;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a create names and its caller may not view is not there for it. */
class SightTest {

  private static final Grant UPLOAD = in(Permission.DATASET_UPLOAD);
  private static final Grant VIEW_STRICT =
      Registry.allow(
          ResourceKind.STORAGE_POLICY, Registry.STRICT_POLICY, Permission.STORAGE_POLICY_VIEW);

  private final World world = new World();

  @Test
  void a_policy_other_than_the_project_s_needs_a_right_on_it() {
    Caller uploader = Registry.having(UPLOAD);

    assertThat(refused(uploader, by(Registry.STRICT_POLICY, null)))
        .isEqualTo(refused(uploader, by(new UUID(0, 99), null)))
        .contains("storage_policy.not_found");

    value(create(uploader, by(null, null)));
    value(create(uploader, by(Registry.POLICY, null)));
    value(create(Registry.having(UPLOAD, VIEW_STRICT), by(Registry.STRICT_POLICY, null)));
    assertThat(refused(Registry.robot17(), by(Registry.STRICT_POLICY, null)))
        .contains("storage_policy.not_found");
  }

  @Test
  void a_device_that_the_caller_may_not_view_is_no_source() {
    Caller uploader = Registry.having(UPLOAD);
    Caller viewer =
        Registry.having(
            UPLOAD, Registry.allow(ResourceKind.DEVICE, Registry.ROBOT_17, Permission.DEVICE_VIEW));

    assertThat(refused(uploader, by(null, Registry.ROBOT_17)))
        .isEqualTo(refused(uploader, by(null, new UUID(0, 99))))
        .contains("device.not_found");
    assertThat(refused(viewer, by(null, Registry.ROBOT_18))).contains("device.not_found");
    value(create(viewer, by(null, Registry.ROBOT_17)));
  }

  private static Grant in(Permission permission) {
    return Registry.allow(ResourceKind.PROJECT, Registry.PROJECT, permission);
  }

  private static NewTask by(@Nullable UUID policyId, @Nullable UUID deviceId) {
    return new NewTask(
        Registry.PROJECT,
        null,
        "api",
        deviceId,
        null,
        policyId,
        List.of(file("f", 1)),
        Map.of(),
        null);
  }

  private Verdict<Answer.Task> create(Caller caller, NewTask task) {
    return world.clients.create(caller, RequestKey.NONE, task);
  }

  private String refused(Caller caller, NewTask task) {
    Refusal refusal = refusal(create(caller, task));
    return refusal.code() + " " + refusal.details();
  }
}
