package io.waybill.acceptance.access;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.SharedSite;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * Whatever is granted and denied to somebody: a list shows what its items show when they are asked
 * for one by one. The evaluator decides the one, SQL the other.
 */
@Timeout(600)
@ExtendWith(SharedSite.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListsAgreeTest {
  private static final int ROUNDS = 40;
  private static final int MOST_GRANTS = 6;
  private static final String TENANT = DevelopmentIdentities.TENANT.toString();

  private final Site site;
  private final List<Listed> lists = new ArrayList<>();
  private final List<On> grantable = new ArrayList<>();
  private Api admin;

  ListsAgreeTest(Site site) {
    this.site = site;
    this.admin = new Api(site.api(), DevelopmentIdentities.API_KEY);
  }

  /**
   * A list.
   *
   * @param isOfAll whether everybody may ask, and sees what they may see
   */
  private record Listed(String path, String items, String id, Set<String> known, boolean isOfAll) {
    String name() {
      return path.substring(path.lastIndexOf('/') + 1).replace('-', '_');
    }
  }

  /** What can be granted, and on what. */
  private record On(String kind, String id, List<String> codes) {}

  private record Given(On on, String effect, String code) {}

  @BeforeAll
  void fill() {
    Set<String> projects = new TreeSet<>();
    Set<String> policies = new TreeSet<>();
    List<String> codes =
        List.of("project.view", "dataset.view", "device.view", "storage_policy.view");
    for (int n = 0; n < 2; n++) {
      String project =
          made("/v1/projects", "{\"slug\": \"NEW\", \"name\": \"NEW\"}", "/project_id");
      projects.add(project);
      policies.add(
          made(
              "/v1/storage-policies",
              "{\"name\": \"NEW\", \"endpoint_ref\": \"default\", \"bucket\": \"robot-data\"}",
              "/storage_policy_id"));
      grantable.add(new On("project", project, codes));
      fill("/v1/projects/" + project);
    }
    policies.forEach(
        one -> grantable.add(new On("storage_policy", one, List.of("storage_policy.view"))));
    grantable.add(new On("tenant", TENANT, codes));
    lists.add(new Listed("/v1/projects", "/v1/projects", "project_id", projects, true));
    lists.add(
        new Listed(
            "/v1/storage-policies", "/v1/storage-policies", "storage_policy_id", policies, true));
  }

  private void fill(String project) {
    String task = "{\"objects\": [{\"object_name\": \"NEW\", \"file_size_bytes\": 1}]}";
    Set<String> tasks = new TreeSet<>();
    Set<String> datasets = new TreeSet<>();
    Set<String> devices = new TreeSet<>();
    for (int n = 0; n < 3; n++) {
      tasks.add(made(project + "/upload-tasks", task, "/task_id"));
      datasets.add(made(project + "/datasets", "{\"name\": \"NEW\"}", "/dataset_id"));
      devices.add(
          made(
              project + "/devices",
              "{\"name\": \"NEW\", \"device_code\": \"NEW\"}",
              "/device/device_id"));
    }
    add(project + "/upload-tasks", "task_id", "upload_task", "dataset.view", tasks);
    add(project + "/datasets", "dataset_id", "dataset", "dataset.view", datasets);
    add(project + "/devices", "device_id", "device", "device.view", devices);
  }

  private void add(String path, String id, String kind, String code, Set<String> known) {
    lists.add(new Listed(path, path, id, known, false));
    known.forEach(one -> grantable.add(new On(kind, one, List.of(code))));
  }

  private String made(String path, String body, String id) {
    String name = "n" + UUID.randomUUID().toString().substring(0, 13);
    return admin.post(path, body.replace("NEW", name)).ok().at(id).asString();
  }

  @AfterAll
  void close() {
    admin.close();
  }

  @Test
  void a_list_shows_what_its_items_show() {
    int shown = 0;
    int hidden = 0;
    for (int seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      JsonNode key = admin.post("/v1/api-keys", "{\"name\": \"random\"}").ok();
      List<Given> given = granted(key.at("/api_key/api_key_id").asString(), random);
      try (Api caller = new Api(site.api(), key.path("key_material").asString())) {
        for (Listed list : lists) {
          String what = "seed %d: %s for %s".formatted(seed, list.path(), given);
          Set<String> visible = visible(caller, list);
          Api.Answer page = caller.get(list.path() + "?limit=200");
          if (page.status() == 200) {
            assertThat(idsOf(page, list)).as(what).isEqualTo(visible);
            shown += visible.size();
            hidden += list.known().size() - visible.size();
          } else {
            // Whoever may not ask the project has been given these one by one.
            assertThat(list.isOfAll()).as(what).isFalse();
            assertThat(page.code()).as(what).isIn("project.not_found", "auth.permission_denied");
            assertThat(opened(given)).as(what).containsAll(visible);
          }
        }
      }
    }
    assertThat(shown).isPositive();
    assertThat(hidden).isPositive();
  }

  private List<Given> granted(String key, Random random) {
    List<Given> all = new ArrayList<>();
    Set<Given> once = new HashSet<>();
    for (int n = random.nextInt(MOST_GRANTS) + 1; n > 0; n--) {
      // What is wide is granted more often than its few chances among all that is narrow.
      On on =
          random.nextInt(3) == 0
              ? one(random, grantable.stream().filter(o -> o.codes().size() > 1).toList())
              : one(random, grantable);
      Given given =
          new Given(on, random.nextInt(3) == 0 ? "DENY" : "ALLOW", one(random, on.codes()));
      if (once.add(given)) {
        all.add(given);
        admin
            .post(
                "/v1/permission-grants",
                """
                {"subject_type": "api_key", "subject_id": "%s", "resource_type": "%s",
                 "resource_id": "%s", "code": "%s", "effect": "%s"}
                """
                    .formatted(key, on.kind(), on.id(), given.code(), given.effect()))
            .ok();
      }
    }
    return all;
  }

  private static <T> T one(Random random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private static Set<String> opened(List<Given> given) {
    return given.stream()
        .filter(one -> one.effect().equals("ALLOW"))
        .map(one -> one.on().id())
        .collect(toCollection(TreeSet::new));
  }

  private static Set<String> visible(Api caller, Listed list) {
    return list.known().stream()
        .filter(id -> caller.get(list.items() + "/" + id).status() == 200)
        .collect(toCollection(TreeSet::new));
  }

  /** The project may hold more than is known: tasks have made datasets of their own. */
  private static Set<String> idsOf(Api.Answer page, Listed list) {
    return page.body()
        .path(list.name())
        .valueStream()
        .map(item -> item.path(list.id()).asString())
        .filter(list.known()::contains)
        .collect(toCollection(TreeSet::new));
  }
}
