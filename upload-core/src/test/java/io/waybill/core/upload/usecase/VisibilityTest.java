package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.Registry.PROJECT;
import static io.waybill.core.fixture.Registry.TENANT;
import static io.waybill.core.fixture.World.code;
import static io.waybill.core.fixture.World.refusal;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Permission;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.dataset.DatasetFilter;
import io.waybill.core.dataset.usecase.IssueDownloadUrl;
import io.waybill.core.dataset.usecase.ReadDatasets;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.Requests;
import io.waybill.core.fixture.World;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.project.ProjectAnswer;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.TaskAnswer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Nobody learns of what they may not see, and a device sees its own uploads only. */
class VisibilityTest {

  private static final UUID UNKNOWN = new UUID(9, 9);

  private final World world = new World();
  private final Answer.TaskObject object = world.start();
  private final UUID session = object.sessionId();
  private final UUID taskId = world.stored(session).upload().owner().taskId();

  /** Everything that can be done to a session, by name. */
  private Map<String, Function<Caller, Verdict<?>>> commands(UUID id) {
    Map<String, Function<Caller, Verdict<?>>> commands = new LinkedHashMap<>();
    commands.put("get", c -> world.use.getSession().handle(c, id, false));
    commands.put("reconcile", c -> world.use.getSession().handle(c, id, true));
    commands.put("events", c -> world.use.listEvents().handle(c, id, null, 10));
    for (ListParts.Source source : ListParts.Source.values()) {
      commands.put(
          "list " + source, c -> world.use.listParts().handle(c, Requests.list(id, source)));
    }
    commands.put("presign", c -> world.use.presignParts().handle(c, Requests.presign(id, 1)));
    commands.put(
        "acknowledge",
        c -> world.use.acknowledgeParts().handle(c, Requests.acknowledge(id, Requests.part(1, 1))));
    commands.put(
        "pause",
        c ->
            world
                .use
                .pauseUpload()
                .handle(
                    c,
                    RequestKey.NONE,
                    new PauseUpload.Request(id, "", PauseUpload.Inflight.ALLOW_FINISH)));
    commands.put(
        "resume",
        c -> world.use.resumeUpload().handle(c, RequestKey.NONE, new ResumeUpload.Request(id, "")));
    commands.put(
        "extend",
        c ->
            world
                .use
                .extendUpload()
                .handle(c, RequestKey.NONE, new ExtendUpload.Request(id, 1, "")));
    commands.put(
        "complete",
        c -> world.use.completeUpload().handle(c, RequestKey.NONE, Requests.complete(id)));
    commands.put(
        "abort", c -> world.use.abortUpload().handle(c, RequestKey.NONE, Requests.abort(id)));
    return commands;
  }

  private void isInvisibleTo(Caller caller) {
    commands(session)
        .forEach((name, call) -> {
          Refusal refused = refusal(call.apply(caller));
          assertThat(refused.code().code()).as(name).isEqualTo("upload_session.not_found");
          Refusal unknown = refusal(commands(UNKNOWN).getOrDefault(name, call).apply(caller));
          assertThat(refused).as("%s tells nothing of existence", name).isEqualTo(unknown);
        });
    RetryObject.Request retry = new RetryObject.Request(taskId, object.objectId());
    assertThat(code(world.use.retryObject().handle(caller, RequestKey.NONE, retry)))
        .isEqualTo("upload_object.not_found");
    assertThat(code(world.use.getUploadTask().handle(caller, PROJECT, taskId)))
        .isEqualTo("upload_task.not_found");
    assertThat(code(world.use.getDataset().handle(caller, PROJECT, object.datasetId())))
        .isEqualTo("dataset.not_found");
  }

  @Test
  void another_robot_s_upload_does_not_exist_over_mqtt_and_http_alike() {
    isInvisibleTo(Registry.robot18());
    isInvisibleTo(Registry.http(Registry.robot18().identity()));
  }

  @Test
  void another_tenant_s_upload_does_not_exist() {
    isInvisibleTo(Registry.foreigner());
  }

  @Test
  void who_has_no_grant_sees_nothing() {
    isInvisibleTo(Registry.stranger());
  }

  @Test
  void who_may_view_the_project_but_not_its_data_sees_no_upload() {
    isInvisibleTo(
        Registry.having(Registry.allow(ResourceKind.TENANT, TENANT, Permission.PROJECT_VIEW)));
  }

  @Test
  void a_device_that_lost_its_project_sees_its_own_uploads_no_more() {
    isInvisibleTo(
        Registry.mqtt(
            new io.waybill.core.access.Identity(
                TENANT,
                io.waybill.core.access.SubjectKind.DEVICE,
                Registry.ROBOT_17,
                "robot-17",
                io.waybill.core.access.Identity.Standing.ACTIVE,
                List.of())));
  }

  @Test
  void who_may_look_but_not_touch_is_told_which_permission_it_takes() {
    Map<String, String> needed = new LinkedHashMap<>();
    commands(session)
        .forEach((name, call) -> {
          if (call.apply(Registry.viewer()) instanceof Verdict.Refused<?>(Refusal refusal)) {
            assertThat(refusal.code().code()).as(name).isEqualTo("auth.permission_denied");
            assertThat(refusal.details())
                .containsEntry("resource_type", "upload_session")
                .containsEntry("resource_id", session.toString());
            needed.put(name, String.valueOf(refusal.details().get("permission")));
          }
        });
    assertThat(needed)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "presign", "upload.presign",
                "acknowledge", "upload.presign",
                "extend", "upload.presign",
                "pause", "upload.pause",
                "resume", "upload.resume",
                "complete", "upload.complete",
                "abort", "upload.abort"));
  }

  @Test
  void a_grant_on_the_one_session_is_enough_for_it() {
    Caller helper =
        Registry.having(
            Registry.allow(ResourceKind.UPLOAD_SESSION, session, Permission.UPLOAD_PAUSE));
    Function<Caller, Verdict<?>> pause =
        commands(session).getOrDefault("pause", c -> Verdict.ok(c));
    value(pause.apply(helper));
    assertThat(code(world.use.getSession().handle(helper, session, false)))
        .isEqualTo("upload_session.not_found");
  }

  @Test
  void a_device_lists_its_own_tasks_and_datasets_only() {
    ListUploadTasks.Request request =
        new ListUploadTasks.Request(PROJECT, null, null, null, null, 50);
    assertThat(value(world.use.listUploadTasks().handle(Registry.robot17(), request)).items())
        .extracting(TaskAnswer::taskId)
        .containsExactly(taskId);
    assertThat(value(world.use.listUploadTasks().handle(Registry.robot18(), request)).items())
        .isEmpty();
    assertThat(value(world.use.listUploadTasks().handle(Registry.person(), request)).items())
        .hasSize(1);
    assertThat(
            value(world.all.datasets().readDatasets().handle(Registry.robot18(), datasets(PROJECT)))
                .items())
        .isEmpty();
    assertThat(
            value(world.all.datasets().readDatasets().handle(Registry.robot17(), datasets(PROJECT)))
                .items())
        .hasSize(1);
  }

  private static ReadDatasets.Request datasets(UUID projectId) {
    return new ReadDatasets.Request(projectId, DatasetFilter.NONE, null, 50);
  }

  @Test
  void a_project_that_is_not_there_or_another_tenant_s_lists_nothing() {
    for (UUID project : List.of(UNKNOWN, Registry.OTHER_PROJECT)) {
      ListUploadTasks.Request request =
          new ListUploadTasks.Request(project, null, null, null, null, 50);
      for (Caller caller : List.of(Registry.person(), Registry.robot17(), Registry.stranger())) {
        assertThat(code(world.use.listUploadTasks().handle(caller, request)))
            .isEqualTo("project.not_found");
        assertThat(code(world.all.datasets().readDatasets().handle(caller, datasets(project))))
            .isEqualTo("project.not_found");
        assertThat(code(world.all.projects().readProjects().handle(caller, project)))
            .isEqualTo("project.not_found");
      }
    }
  }

  @Test
  void projects_are_listed_for_who_may_view_them() {
    assertThat(projects(Registry.viewer())).hasSize(3);
    assertThat(projects(Registry.robot17())).containsExactly(PROJECT);
    assertThat(projects(Registry.stranger())).isEmpty();
    assertThat(projects(Registry.foreigner())).containsExactly(Registry.OTHER_PROJECT);
  }

  private List<UUID> projects(Caller caller) {
    return value(world.all.projects().readProjects().handle(caller, null, 50)).items().stream()
        .map(ProjectAnswer::projectId)
        .toList();
  }

  @Test
  void tasks_come_newest_first_page_by_page() {
    UUID second = world.stored(world.start().sessionId()).upload().owner().taskId();
    var first = page(null);
    assertThat(first.items()).extracting(TaskAnswer::taskId).containsExactly(second);
    var last = page(first.next());
    assertThat(last.items()).extracting(TaskAnswer::taskId).containsExactly(taskId);
    assertThat(last.next()).isNull();
  }

  private io.waybill.core.Page<TaskAnswer> page(@org.jspecify.annotations.Nullable UUID before) {
    return value(
        world
            .use
            .listUploadTasks()
            .handle(
                Registry.person(),
                new ListUploadTasks.Request(PROJECT, null, null, null, before, 1)));
  }

  @Test
  void only_a_ready_dataset_is_downloaded_only_by_who_may_and_it_is_audited_without_the_url() {
    IssueDownloadUrl.Request request =
        new IssueDownloadUrl.Request(PROJECT, object.datasetId(), null, "analysis");
    Refusal early =
        refusal(world.all.datasets().issueDownloadUrl().handle(Registry.person(), request));
    assertThat(early.code().code()).isEqualTo("dataset.not_ready");
    world.putAll(session);
    value(world.clients.complete(session));

    var answer = value(world.all.datasets().issueDownloadUrl().handle(Registry.person(), request));
    assertThat(answer.url()).startsWith("https://memory.invalid/robot-data/");
    assertThat(answer.expiresInSeconds()).isEqualTo(900);
    assertThat(answer.toString()).doesNotContain("http");
    assertThat(world.database.facts().audit().getLast())
        .returns("dataset.download_url_issued", audit -> audit.action())
        .returns(Map.of("purpose", "analysis"), audit -> audit.details());

    assertThat(code(world.all.datasets().issueDownloadUrl().handle(Registry.robot17(), request)))
        .isEqualTo("auth.permission_denied");
    assertThat(code(world.all.datasets().issueDownloadUrl().handle(Registry.robot18(), request)))
        .isEqualTo("dataset.not_found");
    assertThat(code(world.all.datasets().issueDownloadUrl().handle(Registry.viewer(), request)))
        .isEqualTo("auth.permission_denied");
    assertThat(code(world.all.datasets().issueDownloadUrl().handle(Registry.foreigner(), request)))
        .isEqualTo("dataset.not_found");
  }

  @Test
  void describe_tells_a_device_who_it_is_and_a_person_only_the_limits() {
    var toRobot = value(world.use.describe().handle(Registry.robot17()));
    assertThat(toRobot.device())
        .isNotNull()
        .returns("robot-17", device -> device.deviceCode())
        .returns(List.of(PROJECT), device -> device.projectIds());
    assertThat(toRobot.limits().maxPartsPerPresign()).isEqualTo(100);
    assertThat(toRobot.serverTime()).isEqualTo(world.now());
    assertThat(value(world.use.describe().handle(Registry.person())).device()).isNull();
  }
}
