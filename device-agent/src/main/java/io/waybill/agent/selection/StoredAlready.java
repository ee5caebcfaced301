package io.waybill.agent.selection;

import io.waybill.agent.control.Answer;
import io.waybill.agent.control.UnreachableException;
import io.waybill.agent.http.PatientApi;
import io.waybill.agent.spool.FileEntry;
import io.waybill.agent.spool.FileStamp;
import io.waybill.agent.spool.FileState;
import io.waybill.agent.spool.Manifest;
import io.waybill.agent.spool.ServerSide;
import io.waybill.agent.spool.WholeSum;
import io.waybill.wire.ErrorBody;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Knows files that are stored already: by what this machine remembers of its uploads, and, where
 * there is an API, by what the server says of datasets of that name. Only a checksum counts.
 */
public final class StoredAlready {

  private static final String SEARCHABLE = ".*[\\p{L}\\p{Nd}]{3}.*";

  /**
   * What is known of a file.
   *
   * @param file with its checksum, where it had to be read
   * @param dataset that has these bytes; empty when there is none that we know of
   */
  public record Known(FileEntry file, Optional<String> dataset) {}

  /** What was uploaded under which sum. */
  private record Memory(String sum, String dataset) {}

  /** A file in one state. */
  private record Place(String path, FileStamp stamp) {}

  private final Manifest.Owner owner;
  private final Map<String, Memory> bySum = new HashMap<>();
  private final Map<Place, Memory> byPlace = new HashMap<>();
  private @Nullable PatientApi api;

  /**
   * @param manifests what this machine remembers
   * @param api null where there is none; the first silence of it ends the asking
   */
  public StoredAlready(Manifest.Owner owner, List<Manifest> manifests, @Nullable PatientApi api) {
    this.owner = owner;
    this.api = api;
    for (Manifest manifest : manifests) {
      if (manifest.projectId().equals(owner.projectId())) {
        manifest.files().forEach(this::remember);
      }
    }
  }

  private void remember(FileEntry file) {
    String sum = file.checksumSha256();
    ServerSide server = file.server();
    if (file.state() == FileState.DONE && sum != null && server != null) {
      Memory memory = new Memory(sum, String.valueOf(server.datasetId()));
      bySum.put(sum, memory);
      byPlace.put(new Place(file.path(), file.stamp()), memory);
    }
  }

  /**
   * Looks whether these bytes are stored. A file that was uploaded from here, and that has not
   * changed since, is not read again.
   *
   * @throws IOException when the file cannot be read
   */
  public Known look(FileEntry file) throws IOException, InterruptedException {
    Memory same = byPlace.get(new Place(file.path(), file.stamp()));
    if (same != null) {
      return new Known(file, Optional.of(same.dataset()));
    }
    FileEntry summed =
        file.checksumSha256() == null ? file.withChecksum(WholeSum.of(file.file())) : file;
    String sum = String.valueOf(summed.checksumSha256());
    Memory known = bySum.get(sum);
    return new Known(summed, known == null ? onServer(summed, sum) : Optional.of(known.dataset()));
  }

  record Datasets(@Nullable List<Row> datasets) {}

  record Row(
      UUID datasetId,
      String status,
      @Nullable Long fileSizeBytes,
      @Nullable String checksumSha256) {

    boolean holds(FileEntry file, String sum) {
      return status.equals("READY")
          && fileSizeBytes != null
          && fileSizeBytes == file.stamp().sizeBytes()
          && checksumSha256 != null
          && checksumSha256.toLowerCase(Locale.ROOT).equals(sum);
    }
  }

  private Optional<String> onServer(FileEntry file, String sum) throws InterruptedException {
    PatientApi asked = api;
    if (asked == null || !file.objectName().matches(SEARCHABLE)) {
      return Optional.empty();
    }
    String path =
        "/v1/projects/"
            + owner.projectId()
            + "/datasets?limit=20&search="
            + URLEncoder.encode(file.objectName(), StandardCharsets.UTF_8);
    try {
      return switch (asked.get(path, Datasets.class)) {
        case Answer.Done<Datasets>(Datasets page) when page.datasets() != null ->
            page.datasets().stream()
                .filter(row -> row.holds(file, sum))
                .findFirst()
                .map(row -> row.datasetId().toString());
        case Answer.Done<Datasets> strange -> Optional.empty();
        case Answer.Refused<Datasets>(ErrorBody error) -> Optional.empty();
      };
    } catch (UnreachableException e) {
      api = null; // sending it again is right, too
      return Optional.empty();
    }
  }
}
