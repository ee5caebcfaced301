package io.waybill.testkit.growth;

import io.waybill.core.access.ProjectScope;
import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.app.Stores;
import io.waybill.core.audit.AuditStore;
import io.waybill.core.delivery.DeliveryStatus;
import io.waybill.core.delivery.DeliveryStore;
import io.waybill.core.delivery.DeliveryStore.Share;
import io.waybill.core.delivery.StreamStore;
import io.waybill.core.device.DeviceStore;
import io.waybill.core.device.PresenceStore.Birth;
import io.waybill.core.member.MemberStore;
import io.waybill.core.tag.TagCategoryStore;
import io.waybill.core.tag.TagStore;
import io.waybill.core.upload.TaskStatus;
import io.waybill.core.upload.TaskStore;
import io.waybill.core.webhook.WebhookEndpointStore;
import io.waybill.testkit.growth.Crowd.Kind;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Pages of everything but datasets: the newest, one in the middle, and filter by filter. */
final class ListCalls {
  private static final int MIDDLE = 500;
  private static final int SENDER = 7;

  private final Crowd crowd;
  private final int rows;
  private final UUID tenant;
  private final UUID project;
  private final Map<String, Consumer<Stores>> calls = new LinkedHashMap<>();

  ListCalls(Crowd crowd, int rows) {
    this.crowd = crowd;
    this.rows = rows;
    this.tenant = crowd.world().tenantId();
    this.project = crowd.world().project().projectId();
  }

  Map<String, Consumer<Stores>> all() {
    tasks();
    ofSessions();
    projects();
    tags();
    devices();
    audit();
    outbox();
    return calls;
  }

  private UUID id(Kind kind) {
    return crowd.id(kind, MIDDLE);
  }

  private void tasks() {
    UUID robot = crowd.world().robot().id();
    task("the newest", null, null, null, Set.of());
    task("a page in the middle", null, null, id(Kind.TASK), Set.of());
    task("rare status", TaskStatus.FAILED, null, null, Set.of());
    task("common status", TaskStatus.COMPLETED, null, null, Set.of());
    task("status of none", TaskStatus.CANCELLED, null, null, Set.of());
    task("common status, in the middle", TaskStatus.COMPLETED, null, id(Kind.TASK), Set.of());
    task("a device", null, robot, null, Set.of());
    task("a device in a status", TaskStatus.FAILED, robot, null, Set.of());
    task("a key of one device", null, null, null, Set.of(robot));
    task("a key of two devices", null, null, null, Set.of(robot, crowd.id(Kind.DEVICE, SENDER)));
    calls.put("tasks: one", tx -> tx.tasks().find(tenant, project, id(Kind.TASK)));
    Instant late = Instant.parse("2100-01-01T00:00:00Z");
    TaskStore.Query after =
        new TaskStore.Query(tenant, project, null, null, late, null, Set.of(), rows);
    calls.put("tasks: made after all", tx -> tx.tasks().list(after, Instant.now()));
  }

  private void task(
      String name,
      @Nullable TaskStatus status,
      @Nullable UUID device,
      @Nullable UUID before,
      Set<UUID> onlyDevices) {
    TaskStore.Query query =
        new TaskStore.Query(
            tenant, project, status, device, null, before, Set.of(), onlyDevices, rows);
    calls.put("tasks: " + name, tx -> tx.tasks().list(query, Instant.now()));
  }

  private void ofSessions() {
    UUID session = id(Kind.SESSION);
    calls.put("sessions: timeline", tx -> tx.timelines().page(tenant, session, null, rows));
    calls.put("sessions: progress", tx -> tx.sessions().progress(tenant, session));
    calls.put("sessions: signs", tx -> tx.timelines().signs(tenant, Set.of(session)));
    UUID dataset = id(Kind.DATASET);
    calls.put("sessions: of a dataset", tx -> tx.sessions().ofDataset(tenant, dataset));
    calls.put("parts: a page", tx -> tx.parts().page(session, 2, rows));
    calls.put("parts: numbers", tx -> tx.parts().uploadedNumbers(session));
    calls.put("parts: issuances", tx -> tx.parts().issuances(session, 1, rows));
  }

  private void projects() {
    calls.put("projects: the newest", tx -> tx.projects().list(tenant, ALL, null, rows));
    calls.put(
        "projects: a page in the middle",
        tx -> tx.projects().list(tenant, ALL, id(Kind.PROJECT), rows));
    ProjectScope few = new ProjectScope(false, Set.of(project, id(Kind.PROJECT)), Set.of());
    calls.put("projects: two", tx -> tx.projects().list(tenant, few, null, rows));
    calls.put("projects: usage", tx -> tx.projects().usage(Set.of(project)));
    calls.put("policies: the newest", tx -> tx.storagePolicies().list(tenant, ALL, null, rows));
    calls.put(
        "policies: a page in the middle",
        tx -> tx.storagePolicies().list(tenant, ALL, id(Kind.POLICY), rows));
    ProjectScope one = new ProjectScope(false, Set.of(id(Kind.POLICY)), Set.of());
    calls.put("policies: one", tx -> tx.storagePolicies().list(tenant, one, null, rows));
    member("the newest", null);
    member("a page in the middle", id(Kind.MEMBER));
    calls.put("members: owners", tx -> tx.members().owners(tenant, project));
  }

  private static final ProjectScope ALL = new ProjectScope(true, Set.of(), Set.of());

  private void member(String name, @Nullable UUID before) {
    MemberStore.Query query = new MemberStore.Query(tenant, project, before, rows);
    calls.put("members: " + name, tx -> tx.members().list(query));
  }

  private void tags() {
    tag("the newest", null, null);
    tag("a page in the middle", null, id(Kind.TAG));
    tag("rare category", crowd.id(Kind.TAG_CATEGORY, 1), null);
    tag("common category", crowd.id(Kind.TAG_CATEGORY, 2), null);
    tag("common category, in the middle", crowd.id(Kind.TAG_CATEGORY, 2), id(Kind.TAG));
    TagCategoryStore.Query newest =
        new TagCategoryStore.Query(tenant, project, null, Set.of(), rows);
    calls.put("tag categories: the newest", tx -> tx.tagCategories().list(newest));
    TagCategoryStore.Query middle =
        new TagCategoryStore.Query(tenant, project, id(Kind.TAG_CATEGORY), Set.of(), rows);
    calls.put("tag categories: a page in the middle", tx -> tx.tagCategories().list(middle));
  }

  private void tag(String name, @Nullable UUID category, @Nullable UUID before) {
    TagStore.Query query = new TagStore.Query(tenant, project, category, before, Set.of(), rows);
    calls.put("tags: " + name, tx -> tx.tags().list(query));
  }

  private void devices() {
    device("the newest", null, Set.of());
    device("a page in the middle", id(Kind.DEVICE), Set.of());
    device("all but one", null, Set.of(id(Kind.DEVICE)));
    UUID robot = crowd.world().robot().id();
    calls.put(
        "device commands: the newest", tx -> tx.deviceCommands().list(tenant, robot, null, rows));
    calls.put(
        "device commands: a page in the middle",
        tx -> tx.deviceCommands().list(tenant, robot, id(Kind.COMMAND), rows));
    calls.put(
        "device commands: a claim of nothing",
        tx -> tx.deviceCommandQueue().claim(Instant.now(), Instant.now(), rows));
    calls.put(
        "device commands: an expiry of nothing",
        tx -> tx.deviceCommandQueue().expire(Instant.now(), rows));
    calls.put(
        "device commands: nothing is told again",
        tx -> tx.deviceCommandQueue().tellAgain(tenant, robot, Instant.now()));
    calls.put(
        "device commands: one", tx -> tx.deviceCommands().lock(tenant, robot, id(Kind.COMMAND)));
    connections(robot);
    calls.put(
        "devices of a broker: a page in the middle",
        tx -> tx.devices().brokerAccounts().list(id(Kind.DEVICE), Instant.now(), rows));
    calls.put("device credentials: live", tx -> tx.credentials().live(tenant, id(Kind.DEVICE)));
  }

  private void connections(UUID robot) {
    Birth birth = new Birth(tenant, robot, "connection", "1.4", Instant.now());
    calls.put("connections: a birth", tx -> tx.devices().presence().born(birth));
    calls.put(
        "connections: an end",
        tx -> tx.devices().presence().gone(tenant, robot, "connection", Instant.now()));
    calls.put(
        "connections: a sign", tx -> tx.devices().presence().seen(tenant, robot, Instant.now()));
  }

  private void device(String name, @Nullable UUID before, Set<UUID> except) {
    DeviceStore.Query query = new DeviceStore.Query(tenant, project, before, except, rows);
    calls.put("devices: " + name, tx -> tx.devices().list(query));
  }

  private void outbox() {
    outbox("the newest", null, null);
    outbox("a page in the middle", null, id(Kind.DELIVERY));
    outbox("common status", DeliveryStatus.DELIVERED, null);
    outbox("rare status", DeliveryStatus.DEAD_LETTERED, null);
    outbox("status of none", DeliveryStatus.PENDING, null);
    calls.put(
        "outbox: a claim of nothing",
        tx -> tx.deliveries().claim(Share.of("mqtt", rows), Instant.now(), Instant.now()));
    calls.put(
        "outbox: a claim of nothing for endpoints",
        tx ->
            tx.deliveries()
                .claim(
                    Share.ofEndpoints("webhook", Set.of("none"), 8, rows),
                    Instant.now(),
                    Instant.now()));
    calls.put(
        "webhooks: a page",
        tx -> tx.webhookEndpoints().list(new WebhookEndpointStore.Query(tenant, null, rows)));
    calls.put("webhooks: one", tx -> tx.webhookEndpoints().find(tenant, id(Kind.TASK)));
    calls.put("outbox: backlog", tx -> tx.deliveries().backlog(rows));
    StreamStore.Place start = new StreamStore.Place(0, 0);
    calls.put("stream: its end", tx -> tx.stream().end());
    calls.put("stream: from the start", tx -> tx.stream().after(start, Set.of(project), rows));
    calls.put("stream: of a project", tx -> tx.stream().ofProject(tenant, project, start, rows));
  }

  private void outbox(String name, @Nullable DeliveryStatus status, @Nullable UUID before) {
    DeliveryStore.Query query = new DeliveryStore.Query(tenant, status, "mqtt", before, rows);
    calls.put("outbox: " + name, tx -> tx.deliveries().list(query));
  }

  private void audit() {
    Resource.Node tag = new Resource.Node(ResourceKind.TAG, crowd.rareTag());
    Resource.Node session = new Resource.Node(ResourceKind.UPLOAD_SESSION, id(Kind.SESSION));
    audit("the newest", null, null, null, null);
    audit("a page in the middle", null, null, null, id(Kind.AUDIT));
    audit("rare actor", "api_key:rare", null, null, null);
    audit("common actor", "device:robot-7", null, null, null);
    audit("actor of none", "user:nobody", null, null, null);
    audit("rare action", null, "tag.created", null, null);
    audit("common action", null, "upload.completed", null, null);
    audit("rare action of its actor", "api_key:rare", "tag.created", null, null);
    audit("a tag", null, null, tag, null);
    audit("a session", null, null, session, null);
    Instant then = Instant.ofEpochMilli(id(Kind.AUDIT).getMostSignificantBits() >>> 16);
    AuditStore.Query at =
        new AuditStore.Query(tenant, null, null, null, then, then.plusSeconds(60), null, rows);
    calls.put("audit: a time", tx -> tx.auditTrail().list(at));
    calls.put("audit seals: the last", tx -> tx.seals().last(tenant));
    calls.put("audit seals: a page in the middle", tx -> tx.seals().seals(tenant, MIDDLE, rows));
  }

  private void audit(
      String name,
      @Nullable String actor,
      @Nullable String action,
      Resource.@Nullable Node on,
      @Nullable UUID before) {
    AuditStore.Query query =
        new AuditStore.Query(tenant, actor, action, on, null, null, before, rows);
    calls.put("audit: " + name, tx -> tx.auditTrail().list(query));
  }
}
