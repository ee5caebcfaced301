package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.controlapi.edge.Route;
import io.waybill.core.access.DeviceAccess;
import io.waybill.core.access.Permission;
import io.waybill.core.member.MemberRole;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Brings about what a route needs to answer well, and asks it. */
final class Situations {

  /** Bodies of those routes that must be asked something. */
  private static final Map<String, String> BODIES =
      Map.ofEntries(
          Map.entry(
              "POST /v1/projects/{project_id}/upload-tasks",
              "{\"objects\": [{\"object_name\": \"a\", \"file_size_bytes\": 1}]}"),
          Map.entry("POST /v1/uploads/{session_id}/parts/presign", "{\"part_numbers\": [1]}"),
          Map.entry(
              "POST /v1/uploads/{session_id}/parts/ack",
              "{\"parts\": [{\"part_number\": 1, \"etag\": \"e\", \"size_bytes\": %d}]}"
                  .formatted(TestWorld.PART)),
          Map.entry("POST /v1/uploads/{session_id}/extend", "{\"extend_by_seconds\": 60}"),
          Map.entry("POST /v1/projects/{project_id}/tag-categories", "{\"name\": \"shift\"}"),
          Map.entry(
              "PATCH /v1/projects/{project_id}/tag-categories/{tag_category_id}",
              "{\"description\": \"by day\"}"),
          Map.entry(
              "POST /v1/projects/{project_id}/datasets/{dataset_id}/legal-hold",
              "{\"reason\": \"case 7\"}"),
          Map.entry(
              "POST /v1/projects/{project_id}/datasets/{dataset_id}/quarantine/release",
              "{\"reason\": \"looked at it\"}"),
          Map.entry(
              "DELETE /v1/projects/{project_id}/datasets/{dataset_id}/purge",
              "{\"confirm_purge\": true}"),
          bulk("rename", "\"name\": \"b\""),
          bulk("metadata", "\"metadata\": {\"site\": \"b\"}"),
          bulk("tags", "\"tag_ids\": []"),
          Map.entry("POST /v1/projects/{project_id}/datasets", "{\"name\": \"a run\"}"),
          Map.entry(
              "PATCH /v1/projects/{project_id}/datasets/{dataset_id}",
              "{\"classification\": \"PUBLIC\"}"),
          Map.entry("POST /v1/projects/{project_id}/tags", "{\"name\": \"shift\"}"),
          Map.entry(
              "PATCH /v1/projects/{project_id}/tags/{tag_id}", "{\"description\": \"by day\"}"),
          Map.entry(
              "POST /v1/projects/{project_id}/devices",
              "{\"name\": \"Press 1\", \"device_code\": \"press-1\"}"),
          Map.entry("PATCH /v1/projects/{project_id}/devices/{device_id}", "{\"name\": \"Press\"}"),
          Map.entry(
              "POST /v1/projects/{project_id}/devices/{device_id}/upload",
              "{\"paths\": [\"/data/*\"]}"),
          Map.entry("POST /v1/storage-policies", PolicySituations.NEW),
          Map.entry(
              "PATCH /v1/storage-policies/{storage_policy_id}", "{\"url_life_seconds\": 600}"),
          Map.entry("POST /v1/api-keys", "{\"name\": \"line 3\"}"),
          Map.entry("POST /v1/webhook-endpoints", WebhookSituations.NEW),
          Map.entry(
              "PATCH /v1/webhook-endpoints/{webhook_endpoint_id}", "{\"description\": \"ours\"}"),
          Map.entry("POST /v1/projects", "{\"slug\": \"line-9\", \"name\": \"Line 9\"}"),
          Map.entry("PATCH /v1/projects/{project_id}", "{\"description\": \"by day\"}"),
          Map.entry(
              "POST /v1/projects/{project_id}/members/invite",
              viewer(TestWorld.id(0x777).toString())),
          Map.entry(
              "PATCH /v1/projects/{project_id}/members/{subject_id}", "{\"role\": \"viewer\"}"),
          Map.entry(
              "POST /v1/permission-grants",
              grant(TestWorld.ROBOT_17, Permission.PERMISSION_GRANT_CREATE)));

  private final TestWorld world;
  private final DeviceSituations devices;
  private final DatasetSituations datasets;

  /** What stands in bodies for the dataset that {@link #path} has made for them. */
  private static final String BULK_ITEM = "{bulk_item}";

  private String bulkItem = TestWorld.id(0xd1).toString();

  Situations(TestWorld world) {
    this.world = world;
    this.devices = new DeviceSituations(world);
    this.datasets = new DatasetSituations(world);
  }

  /** {@code POST /v1/projects/{project_id}/upload-tasks}. */
  static String nameOf(Route route) {
    return route.method().text() + " " + route.template();
  }

  /** A path of the route at which it can answer well, once. */
  String path(Route route) {
    String template = route.template();
    if (template.contains("{delivery_id}")) {
      return OutboxSituations.path(world);
    }
    if (template.contains("{recovery_id}")) {
      return template.replace(
          RecoverySituations.RECOVERIES + "/{recovery_id}", RecoverySituations.path(world));
    }
    if (template.contains("{webhook_endpoint_id}")) {
      return template.replace(
          WebhookSituations.ENDPOINTS + "/{webhook_endpoint_id}",
          WebhookSituations.path(WebhookSituations.made(world)));
    }
    if (template.contains("/storage-policies")) {
      return new PolicySituations(world).path(template);
    }
    if (!template.contains("{")) {
      freeSlug();
      return template;
    }
    if (template.contains("/devices") && !template.endsWith("/grant")) {
      return devices.path(template);
    }
    if (template.contains("/datasets/{dataset_id}")) {
      return datasets.path(route);
    }
    if (template.contains("/datasets/bulk/")) {
      bulkItem = datasets.made();
    }
    HttpUploads.Made made = HttpUploads.in(world).create(1);
    if (template.endsWith("/complete")) {
      made.send(1, 1);
    } else if (template.endsWith("/receipt")) {
      made.send(1, 1);
      did(made.path() + "/complete");
    } else if (template.endsWith("/resume")) {
      did(made.path() + "/pause");
    } else if (template.endsWith("/retry")) {
      did(made.path() + "/abort");
    }
    return template
        .replace("{project_id}", projectOf(template))
        .replace("{task_id}", made.taskId())
        .replace("{object_id}", made.objectId())
        .replace("{session_id}", made.sessionId())
        .replace(
            "{permission_grant_id}",
            template.contains("/permission-grants") ? permissionGrant() : "")
        .replace("{device_id}", TestWorld.ROBOT_18.toString())
        .replace("{subject_id}", template.contains("/members/") ? member() : "")
        .replace("{api_key_id}", template.contains("/api-keys") ? apiKey() : "")
        .replace(
            "{tag_category_id}",
            template.contains("/tag-categories") ? only("tag-categories", "tag_category") : "")
        .replace("{tag_id}", template.contains("/tags") ? only("tags", "tag") : "");
  }

  /** The body that grants a device something on the tenant. */
  private static String grant(UUID device, Permission permission) {
    return """
    {"subject_type": "device", "subject_id": "%s", "resource_type": "tenant", "code": "%s"}
    """
        .formatted(device, permission.code());
  }

  private static Map.Entry<String, String> bulk(String what, String says) {
    return Map.entry(
        "PATCH /v1/projects/{project_id}/datasets/bulk/" + what,
        "{\"items\": [{\"dataset_id\": \"%s\", %s}]}".formatted(BULK_ITEM, says));
  }

  private static String viewer(String user) {
    return "{\"subject_type\": \"user\", \"subject_id\": \"%s\", \"role\": \"viewer\"}"
        .formatted(user);
  }

  /** A viewer of the project, which has no other member. */
  private String member() {
    HttpCalls admin = world.as(TestWorld.ADMIN);
    String members = "/v1/projects/" + TestWorld.PROJECT + "/members";
    admin
        .get(members)
        .json()
        .get("members")
        .valueStream()
        .forEach(known -> admin.delete(members + "/" + known.get("subject_id").asString()));
    String id = UUID.randomUUID().toString();
    assertThat(admin.post(members + "/invite", viewer(id)).outcome()).isEqualTo("201");
    return id;
  }

  /** What is given by a route must be had, too. */
  static Set<Permission> given(Route route) {
    return route.template().contains("/members/")
        ? MemberRole.VIEWER.permissions()
        : route.template().endsWith("/grant") ? DeviceAccess.PERMISSIONS : Set.of();
  }

  private String permissionGrant() {
    HttpCalls admin = world.as(TestWorld.ADMIN);
    String body = grant(TestWorld.ROBOT_18, Permission.AUDIT_VIEW);
    return admin.post("/v1/permission-grants", body).json().get("permission_grant_id").asString();
  }

  /** What changes a project as a whole gets one of its own. */
  private String projectOf(String template) {
    return template.matches("/v1/projects/\\{project_id}(/archive|/restore|/storage-policy)?")
        ? emptyProject()
        : TestWorld.PROJECT.toString();
  }

  /** What was made before may be made again. */
  private void freeSlug() {
    HttpCalls admin = world.as(TestWorld.ADMIN);
    admin
        .get("/v1/projects")
        .json()
        .get("projects")
        .valueStream()
        .filter(known -> known.get("slug").asString().equals("line-9"))
        .forEach(known -> admin.delete("/v1/projects/" + known.get("project_id").asString()));
  }

  private String emptyProject() {
    HttpCalls admin = world.as(TestWorld.ADMIN);
    String slug = "empty-" + world.rows.commits();
    HttpAnswer made =
        admin.post("/v1/projects", "{\"slug\": \"%s\", \"name\": \"a\"}".formatted(slug));
    return made.json().get("project_id").asString();
  }

  private String apiKey() {
    HttpCalls admin = world.as(TestWorld.ADMIN);
    HttpAnswer made = admin.post("/v1/api-keys", "{\"name\": \"line 4\"}");
    return made.json().at("/api_key/api_key_id").asString();
  }

  /** The only one there is of what a project's list holds. */
  private String only(String list, String kind) {
    String path = "/v1/projects/" + TestWorld.PROJECT + "/" + list;
    HttpCalls admin = world.as(TestWorld.ADMIN);
    String id = kind + "_id";
    admin
        .get(path)
        .json()
        .get(list.replace('-', '_'))
        .valueStream()
        .forEach(known -> admin.delete(path + "/" + known.get(id).asString()));
    return admin.post(path, "{\"name\": \"crew\"}").json().get(id).asString();
  }

  /** Asks a route at such a path. */
  HttpAnswer ask(HttpCalls caller, Route route, String path) {
    String body = BODIES.getOrDefault(nameOf(route), "").replace(BULK_ITEM, bulkItem);
    HttpCalls typed = body.isEmpty() ? caller : caller.with("Content-Type", "application/json");
    return typed.send(route.method().text(), path, body.getBytes(StandardCharsets.UTF_8));
  }

  private void did(String path) {
    assertThat(world.as(TestWorld.ADMIN).post(path, "").outcome()).isEqualTo("200");
  }
}
