package io.waybill.acceptance.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Database;
import io.waybill.acceptance.site.OpenUploads;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Site;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Whether rows, objects, sums and what was told say the same, when all is over. */
final class Agreement {
  private final Site site;
  private final Database database;
  private final OpenUploads objects;

  Agreement(Site site) {
    this.site = site;
    this.database = site.database();
    this.objects = new OpenUploads(site.storeFolder());
  }

  /** Every session has ended, as what was said of it to people, and the store has what it says. */
  void ofSessions(Collection<String> completed) {
    assertThat(sessions("id::text", "status = 'COMPLETED'"))
        .as("nothing completed was deleted")
        .containsAll(completed);
    for (String key : sessions("object_key", "status = 'COMPLETED'")) {
      assertThat(objects.object(key)).isEqualTo(Lives.BYTES);
    }
    for (String key : sessions("object_key", "status <> 'COMPLETED'")) {
      assertThat(objects.hasObject(key)).isFalse();
    }
    List<String> carried = sessions("upload_id", "upload_id is not null");
    for (String key : sessions("object_key", "true")) {
      assertThat(objects.remainsOf(key))
          .as("what ended is gone at once, but for what no session carries")
          .doesNotContainAnyElementsOf(carried);
    }
  }

  private List<String> sessions(String column, String which) {
    return database.texts("select " + column + " from upload_sessions where " + which);
  }

  /** Parts are those of their session; its dataset knows an object exactly where there is one. */
  void ofRows(Collection<String> acknowledged) {
    Set<String> sent =
        Set.copyOf(
            database.texts(
                """
                select s.id::text from upload_sessions s join upload_parts p on p.session_id = s.id
                where p.part_number = 1 and p.status = 'UPLOADED' and p.size_bytes = s.file_size_bytes\
                """));
    assertThat(sent).as("sessions whose part is known").containsAll(acknowledged);
    assertThat(database.count("select count(*) from upload_parts"))
        .as("no part beside them")
        .isEqualTo(sent.size());
    assertThat(
            database.count(
                """
                select count(*) from upload_sessions s join datasets d on d.id = s.dataset_id
                where (s.status = 'COMPLETED') <> (d.object_etag is not null)
                  or (s.status = 'COMPLETED') <> (d.status = 'READY')\
                """))
        .as("sessions and datasets that disagree")
        .isZero();
  }

  /** What is counted of tenants, projects and tasks is what is there. */
  void ofSums() {
    Path log = site.logs().resolve("quota.log");
    try (Program look =
        Program.start(
            log,
            site.environment(),
            "-Xmx128m",
            "io.waybill.server.Main",
            List.of("admin", "quota", "reconcile", "--look"))) {
      assertThat(look.exitCode()).as(look.output()).isZero();
    }
  }

  /**
   * What no session carries was made by somebody who died, or was not heard, before its id was
   * written down. A day later it is swept, and then nothing is left of any upload.
   */
  void ofOrphans() {
    objects.age();
    Patience.until(() -> {
      database.change("update upload_sweeps set due_at = now() where due_at > now()");
      return sessions("object_key", "true").stream().noneMatch(objects::hasRemainsOf);
    });
  }
}
