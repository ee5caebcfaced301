package io.waybill.acceptance.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.routes.Caller.Request;
import io.waybill.acceptance.site.Site;
import io.waybill.server.config.StorageSetting;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/** Makes, in a project of its own, what a route needs to answer well, and asks it so. */
public final class Stage {
  private static final Map<String, String> BODIES =
      Map.ofEntries(
          Map.entry(
              "/upload-tasks",
              "{\"objects\": [{\"object_name\": \"a.bin\", \"file_size_bytes\": 1}]}"),
          Map.entry("/presign", "{\"part_numbers\": [1]}"),
          Map.entry(
              "/ack", "{\"parts\": [{\"part_number\": 1, \"etag\": \"e\", \"size_bytes\": 1}]}"),
          Map.entry("/extend", "{\"extend_by_seconds\": 60}"),
          Map.entry("/projects", "{\"slug\": \"NEW\", \"name\": \"NEW\"}"),
          Map.entry("/datasets", "{\"name\": \"NEW\"}"),
          Map.entry("/devices", "{\"name\": \"NEW\", \"device_code\": \"NEW\"}"),
          Map.entry("/upload", "{\"paths\": [\"/data/*\"]}"),
          Map.entry("/tags", "{\"name\": \"NEW\"}"),
          Map.entry("/tag-categories", "{\"name\": \"NEW\"}"),
          Map.entry("/purge", "{\"confirm_purge\": true}"),
          Map.entry("/release", "{\"reason\": \"looked at it\"}"),
          Map.entry("/api-keys", "{\"name\": \"NEW\"}"),
          Map.entry("/webhook-endpoints", "{\"url\": \"http://127.0.0.1:1/NEW\"}"));

  private static final Map<String, String> CHANGES =
      Map.of(
          "{project_id}", "\"name\": \"NEW\"",
          "{dataset_id}", "\"name\": \"NEW\"",
          "{device_id}", "\"name\": \"NEW\"",
          "{tag_id}", "\"name\": \"NEW\"",
          "{tag_category_id}", "\"name\": \"NEW\"",
          "{storage_policy_id}", "\"name\": \"NEW\"",
          "{webhook_endpoint_id}", "\"description\": \"NEW\"",
          "{subject_id}", "\"role\": \"operator\"");

  private final Site site;
  private final Caller admin;
  private final String project;
  private final StageUploads uploads;

  /** With a project that nobody else uses. */
  public Stage(Site site, Caller admin) {
    this.site = site;
    this.admin = admin;
    this.project = newProject();
    this.uploads =
        new StageUploads(admin, "/v1/projects/" + project, body("POST", "/upload-tasks"));
  }

  public String project() {
    return project;
  }

  static String name() {
    return "n" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);
  }

  /** One good request of the route {@code POST /v1/…}; it can be answered well once. */
  public Request of(String route) {
    String method = route.substring(0, route.indexOf(' '));
    String template = route.substring(route.indexOf(' ') + 1);
    String path = path(method, template);
    return new Request(method, path, body(method, template).replace("NEW", name()));
  }

  /** What a change of a resource says, without its braces. */
  static String change(String template) {
    String last = template.substring(template.lastIndexOf('/') + 1);
    return CHANGES.getOrDefault(last, "").replace("NEW", name());
  }

  private String body(String method, String template) {
    String last = template.substring(template.lastIndexOf('/'));
    if (method.equals("GET")) {
      return "";
    }
    if (method.equals("PATCH")) {
      return template.contains("/bulk/") ? bulk(last) : "{" + change(template) + "}";
    }
    return switch (last) {
      case "/legal-hold" -> method.equals("POST") ? "{\"reason\": \"case 7\"}" : "";
      case "/invite" -> invitation(UUID.randomUUID().toString());
      case "/permission-grants" ->
          "{\"subject_type\": \"user\", \"subject_id\": \"%s\", \"resource_type\": \"project\","
                  .formatted(UUID.randomUUID())
              + " \"resource_id\": \"%s\", \"code\": \"dataset.view\"}".formatted(project);
      case "/storage-policy" -> "{\"storage_policy_id\": \"%s\"}".formatted(policy());
      case "/storage-policies" -> newPolicy();
      default ->
          BODIES.getOrDefault(method.equals("DELETE") && !last.equals("/purge") ? "" : last, "");
    };
  }

  private String bulk(String last) {
    String says =
        switch (last) {
          case "/rename" -> "\"name\": \"NEW\"";
          case "/metadata" -> "\"metadata\": {\"site\": \"NEW\"}";
          default -> "\"tag_ids\": [\"" + made(own("/tags"), "tag_id") + "\"]";
        };
    return "{\"items\": [{\"dataset_id\": \"%s\", %s}]}".formatted(dataset(), says);
  }

  private static String invitation(String user) {
    return "{\"subject_type\": \"user\", \"subject_id\": \"%s\", \"role\": \"viewer\"}"
        .formatted(user);
  }

  private String newPolicy() {
    return "{\"name\": \"NEW\", \"endpoint_ref\": \"default\", \"bucket\": \"%s\"}"
        .formatted(site.configuration().text(StorageSetting.BUCKET));
  }

  private String path(String method, String template) {
    String path = template;
    if (template.matches(".*/projects/\\{project_id}(/archive|/restore|/storage-policy)?")) {
      path = path.replace("{project_id}", newProject());
      if (template.endsWith("/restore")) {
        admin.did("POST", path.replace("/restore", "/archive"), "");
      }
    }
    path = path.replace("{project_id}", project);
    path = filled(path, "{tag_id}", () -> made(own("/tags"), "tag_id"));
    path = filled(path, "{tag_category_id}", () -> made(own("/tag-categories"), "tag_category_id"));
    path = filled(path, "{subject_id}", this::member);
    path = filled(path, "{device_id}", this::device);
    path = filled(path, "{dataset_id}", () -> datasetFor(method, template));
    path = filled(path, "{storage_policy_id}", this::policy);
    path = filled(path, "{api_key_id}", () -> idOf("/v1/api-keys", "/api_key/api_key_id"));
    path =
        filled(
            path,
            "{permission_grant_id}",
            () -> made("/v1/permission-grants", "permission_grant_id"));
    path = filled(path, "{webhook_endpoint_id}", this::webhook);
    path = filled(path, "{delivery_id}", this::deadLetter);
    path = filled(path, "{recovery_id}", () -> made("/v1/recoveries", "recovery_id"));
    path = filled(path, "{command_id}", () -> UUID.randomUUID().toString());
    if (path.contains("{session_id}") || path.contains("{task_id}")) {
      path = uploads.under(path);
    }
    switchedBefore(method, path);
    return path;
  }

  private static String filled(String path, String variable, Supplier<String> value) {
    return path.contains(variable) ? path.replace(variable, value.get()) : path;
  }

  /** What undoes something finds it done. */
  private void switchedBefore(String method, String path) {
    if (path.matches(".*/(members|devices)/[^/]+/enable")) {
      admin.did("POST", path.replace("/enable", "/disable"), "");
    }
    if (path.endsWith("/grant") && method.equals("DELETE")) {
      admin.did("POST", path, "");
    }
  }

  private String datasetFor(String method, String template) {
    String last = template.substring(template.lastIndexOf('/'));
    String dataset =
        switch (last) {
          case "/archive", "/purge" -> uploads.stored();
          case "/release", "/retry" -> quarantined();
          default -> dataset();
        };
    String path = own("/datasets/" + dataset);
    if (last.equals("/restore") || last.equals("/purge")) {
      admin.did("DELETE", path, "");
    }
    if (last.equals("/legal-hold") && method.equals("DELETE")) {
      admin.did("POST", path + "/legal-hold", "{\"reason\": \"case 7\"}");
    }
    return dataset;
  }

  /** As a validator would leave it. */
  private String quarantined() {
    String dataset = uploads.stored();
    int changed =
        site.database()
            .change(
                "update datasets set status = 'QUARANTINED', validation_status = 'FAILED'"
                    + " where id = ?::uuid",
                dataset);
    assertThat(changed).isEqualTo(1);
    return dataset;
  }

  /** As a sink would leave it that nobody can reach. */
  private String deadLetter() {
    String id = UUID.randomUUID().toString();
    uploads.begun();
    int made =
        site.database()
            .change(
                "insert into outbox_deliveries (id, tenant_id, event_position, aggregate_id,"
                    + " occurred_at, sink, status, attempts, next_attempt_at)"
                    + " select ?::uuid, tenant_id, position, aggregate_id, occurred_at, ?,"
                    + " 'DEAD_LETTERED', 12, now() from outbox_events"
                    + " where project_id = ?::uuid limit 1",
                id,
                "sink-" + id,
                project);
    assertThat(made).isEqualTo(1);
    return id;
  }

  private String newProject() {
    return admin
        .did("POST", "/v1/projects", body("POST", "/projects").replace("NEW", name()))
        .path("project_id")
        .asString();
  }

  private String dataset() {
    return made(own("/datasets"), "dataset_id");
  }

  private String device() {
    return idOf(own("/devices"), "/device/device_id");
  }

  private String webhook() {
    return idOf("/v1/webhook-endpoints", "/webhook_endpoint/webhook_endpoint_id");
  }

  private String policy() {
    return made("/v1/storage-policies", "storage_policy_id");
  }

  private String member() {
    String user = UUID.randomUUID().toString();
    admin.did("POST", own("/members/invite"), invitation(user));
    return user;
  }

  private String own(String path) {
    return "/v1/projects/" + project + path;
  }

  private String made(String list, String id) {
    return idOf(list, "/" + id);
  }

  private String idOf(String list, String pointer) {
    return admin
        .did("POST", list, body("POST", list).replace("NEW", name()))
        .at(pointer)
        .asString();
  }
}
