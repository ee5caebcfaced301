package io.waybill.acceptance.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.MoodyStore;
import io.waybill.acceptance.site.MoodyStore.Mood;
import io.waybill.acceptance.site.OpenUploads;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import io.waybill.server.config.StorageSetting;
import io.waybill.server.config.WorkerSetting;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A store whose clock is 20 minutes off refuses whatever we sign, until somebody sets it. */
@Timeout(300)
class StoreClockTest {
  private static final String TASKS =
      "/v1/projects/" + DevelopmentIdentities.PROJECT + "/upload-tasks";
  private static final String TASK =
      """
      {"objects": [{"object_name": "k.bin", "file_size_bytes": %d}],
       "presign": {"first": 1, "expires_in_seconds": 900}}\
      """
          .formatted(Lives.BYTES.length);

  @TempDir Path folder;

  @Test
  void nothing_is_failed_or_dropped_for_it_and_all_goes_on_when_the_clock_is_right() {
    try (Site site = Site.open(folder);
        MoodyStore store = MoodyStore.before(site);
        Api api = new Api(site.api(), DevelopmentIdentities.API_KEY)) {
      site.controlApi(
          Map.of(
              StorageSetting.ENDPOINT.variable(),
              store.address().toString(),
              WorkerSetting.PERIOD_SECONDS.variable(),
              "1"));
      String sent = sent(api);
      String left = sent(api);

      store.be(Mood.CLOCK_OFF);
      Api.Answer refused = api.post("/v1/uploads/" + sent + "/complete", "{}");
      assertThat(refused.status()).isEqualTo(502);
      assertThat(refused.code()).isEqualTo("storage.refused");
      assertThat(status(site, sent)).isEqualTo("UPLOADING");
      api.post(TASKS, TASK);
      Lives.leave(site.database(), "id = ?", UUID.fromString(left));
      Patience.until(() -> status(site, left).equals("ABORTING"));
      OpenUploads objects = new OpenUploads(site.storeFolder());
      for (String session : List.of(sent, left)) {
        assertThat(objects.remainsOf(key(site, session)))
            .containsExactly(of(site, session, "upload_id"));
      }
      assertThat(
              site.database()
                  .texts("select distinct status::text from upload_sessions order by status::text"))
          .isEqualTo(List.of("ABORTING", "INITIATING", "UPLOADING"));

      store.be(Mood.WELL);
      site.database().change("update upload_sessions set due_at = now() where " + Lives.UNDER_WAY);
      Patience.until(() ->
          api.post("/v1/uploads/" + sent + "/complete", "{}").status() == 200
              && status(site, left).equals("ABORTED")
              && site.database()
                      .count("select count(*) from upload_sessions where status = 'INITIATED'")
                  == 1);
      assertThat(objects.object(key(site, sent))).isEqualTo(Lives.BYTES);
      assertThat(objects.hasRemainsOf(key(site, left))).isFalse();
    }
  }

  /** A session whose only part is stored. */
  private static String sent(Api api) {
    JsonNode object = api.post(TASKS, TASK).ok().at("/objects/0");
    api.put(object.at("/presigned/parts/0/url").asString(), Lives.BYTES);
    return object.path("session_id").asString();
  }

  private static String status(Site site, String session) {
    return of(site, session, "status::text");
  }

  private static String key(Site site, String session) {
    return of(site, session, "object_key");
  }

  private static String of(Site site, String session, String column) {
    return site.database()
        .texts("select " + column + " from upload_sessions where id = ?", UUID.fromString(session))
        .getFirst();
  }
}
