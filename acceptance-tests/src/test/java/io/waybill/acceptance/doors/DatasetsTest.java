package io.waybill.acceptance.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.SharedSite;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/**
 * What people do with datasets, on the whole system: who may, who may not, and who learns nothing.
 */
@Timeout(300)
@ExtendWith(SharedSite.class)
class DatasetsTest {
  private static final String PROJECT = "/v1/projects/" + TwoPartUpload.PROJECT;
  private static final String DATASETS = PROJECT + "/datasets";
  private static final String NEW =
      "{\"name\": \"quay 7\", \"metadata\": {\"ship\": \"Zephyrine\"}, \"labels\": {\"line\": \"3\"}}";

  private final Site site;

  DatasetsTest(Site site) {
    this.site = site;
  }

  @Test
  void a_dataset_is_made_found_changed_held_thrown_away_and_brought_back() {
    try (Api admin = new Api(site.api(), DevelopmentIdentities.API_KEY)) {
      JsonNode made = admin.post(DATASETS, NEW, "made-once").ok();
      assertThat(admin.post(DATASETS, NEW, "made-once").ok()).isEqualTo(made);
      String path = DATASETS + "/" + made.path("dataset_id").asString();
      assertThat(admin.get(DATASETS + "?search=zephyr&status=CREATED").ok().at("/datasets/0"))
          .isEqualTo(made);
      String tag =
          admin.post(PROJECT + "/tags", "{\"name\": \"rain\"}").ok().path("tag_id").asString();

      JsonNode changed =
          admin.call("PATCH", path, "{\"tag_ids\": [\"%s\"], \"version\": 1}".formatted(tag)).ok();
      assertThat(changed.path("version").asLong()).isEqualTo(2);
      assertThat(admin.get(DATASETS + "?tag_id=" + tag).ok().at("/datasets/0")).isEqualTo(changed);
      assertThat(bulk(admin, made).at("/results/0/version").asLong()).isEqualTo(3);
      assertThat(
              admin
                  .post(path + "/legal-hold", "{\"reason\": \"case 7\"}")
                  .ok()
                  .path("legal_hold")
                  .asBoolean())
          .isTrue();
      assertThat(admin.get(path + "/validation").ok().path("results")).isEmpty();

      assertThat(admin.call("DELETE", path, "").status()).isEqualTo(204);
      assertThat(admin.get(path).code()).isEqualTo("dataset.not_found");
      assertThat(admin.get(DATASETS + "?search=zephyr&include_deleted=true").ok().path("datasets"))
          .hasSize(1);
      assertThat(admin.post(path + "/restore", "").ok().path("status").asString())
          .isEqualTo("CREATED");
      assertThat(admin.call("DELETE", path, "").status()).isEqualTo(204);
    }
  }

  private static JsonNode bulk(Api admin, JsonNode made) {
    String items =
        "{\"items\": [{\"dataset_id\": \"%s\", \"name\": \"quay 8\"}]}"
            .formatted(made.path("dataset_id").asString());
    return admin.call("PATCH", DATASETS + "/bulk/rename", items).ok();
  }

  @Test
  void a_viewer_is_told_what_it_lacks_and_another_tenant_nothing() {
    try (Api admin = new Api(site.api(), DevelopmentIdentities.API_KEY);
        Api viewer = new Api(site.api(), DevelopmentIdentities.VIEWER_API_KEY);
        Api other = new Api(site.api(), Strangers.OTHER_API_KEY)) {
      String id = admin.post(DATASETS, "{\"name\": \"pier 1\"}").ok().path("dataset_id").asString();
      String path = DATASETS + "/" + id;

      assertThat(viewer.get(path).status()).isEqualTo(200);
      assertThat(viewer.call("DELETE", path, "").code()).isEqualTo("auth.permission_denied");
      assertThat(viewer.post(DATASETS, "{\"name\": \"pier 1\"}").code())
          .isEqualTo("auth.permission_denied");
      assertThat(other.get(path).code()).isEqualTo("dataset.not_found");
      assertThat(other.call("PATCH", path, "{\"name\": \"c\"}").code())
          .isEqualTo("dataset.not_found");
      assertThat(other.post(path + "/restore", "").code()).isEqualTo("dataset.not_found");
      assertThat(admin.call("DELETE", path, "").status()).isEqualTo(204);
    }
  }
}
