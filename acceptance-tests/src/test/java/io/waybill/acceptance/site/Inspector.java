package io.waybill.acceptance.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.allinone.stack.DevelopmentIdentities;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.UUID;

/** Looks at rows and bytes once the dust has settled. */
public final class Inspector {
  private final Database database;
  private final URI api;

  public Inspector(Database database, URI api) {
    this.database = database;
    this.api = api;
  }

  /** One task of this name, one completed session of it, and the object is the file. */
  public void findsOnce(String taskName, Sample sample) {
    assertThat(database.texts("select id from upload_tasks where task_name = ?", taskName))
        .as("tasks named %s", taskName)
        .hasSize(1);
    assertThat(
            database.texts(
                "select s.status from upload_sessions s join upload_tasks t on t.id = s.task_id"
                    + " where t.task_name = ?",
                taskName))
        .as("sessions of %s", taskName)
        .containsExactly("COMPLETED");
    assertThat(sha256(taskName))
        .as("SHA-256 of what is stored for %s", taskName)
        .isEqualTo(sample.sha256());
  }

  private String sha256(String taskName) {
    UUID dataset =
        UUID.fromString(
            database
                .texts(
                    "select o.dataset_id from upload_objects o join upload_tasks t"
                        + " on t.id = o.task_id where t.task_name = ?",
                    taskName)
                .getFirst());
    try (Api client = new Api(api, DevelopmentIdentities.API_KEY)) {
      String url = client.downloadUrl(DevelopmentIdentities.PROJECT.toString(), dataset.toString());
      return Sample.sha256(URI.create(url).toURL().openStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
