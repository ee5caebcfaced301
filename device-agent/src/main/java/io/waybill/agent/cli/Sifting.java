package io.waybill.agent.cli;

import io.waybill.agent.control.Patience;
import io.waybill.agent.http.PatientApi;
import io.waybill.agent.local.DiskTrouble;
import io.waybill.agent.selection.StoredAlready;
import io.waybill.agent.spool.FileEntry;
import io.waybill.agent.spool.FileStamp;
import io.waybill.agent.spool.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What of the files of a folder is to be planned: neither what is stored already, nor what an
 * upload that was begun before has.
 *
 * @param begun uploads to be taken up
 * @param skipped what is stored already, and as which dataset
 * @param leftOut what could not be read
 */
record Sifting(
    List<FileEntry> fresh,
    List<Manifest> begun,
    List<Report.LeftOut> skipped,
    List<Report.LeftOut> leftOut) {

  /** How long a server may take to say what it has. */
  private static final Duration LOOKING = Duration.ofSeconds(5);

  Sifting {
    fresh = List.copyOf(fresh);
    begun = List.copyOf(begun);
    skipped = List.copyOf(skipped);
    leftOut = List.copyOf(leftOut);
  }

  private record Place(String path, FileStamp stamp) {}

  /** Nothing is sifted out. */
  static Sifting none(List<FileEntry> files) {
    return new Sifting(files, List.of(), List.of(), List.of());
  }

  /** Asks what this machine remembers, and the API, where there is one. */
  static Sifting of(
      List<FileEntry> files, Context context, ServerOptions server, Manifest.Owner owner)
      throws IOException, InterruptedException {
    boolean remembers = Files.isDirectory(context.configuration().stateDirectory());
    List<Manifest> known = remembers ? context.spool().all() : List.of();
    Patience aMoment = new Patience(LOOKING, LOOKING);
    try (PatientApi api =
        server.api(context.configuration(), aMoment, new Voice(context.terminal())).orElse(null)) {
      return of(files, owner, known, new StoredAlready(owner, known, api));
    }
  }

  private static Sifting of(
      List<FileEntry> files, Manifest.Owner owner, List<Manifest> known, StoredAlready stored)
      throws InterruptedException {
    Map<Place, Manifest> underWay = underWay(owner, known);
    Map<String, Manifest> begun = new LinkedHashMap<>();
    List<FileEntry> fresh = new ArrayList<>();
    List<Report.LeftOut> skipped = new ArrayList<>();
    List<Report.LeftOut> leftOut = new ArrayList<>();
    for (FileEntry file : files) {
      Manifest upload = underWay.get(new Place(file.path(), file.stamp()));
      if (upload != null) {
        begun.put(upload.uploadId(), upload);
        continue;
      }
      try {
        StoredAlready.Known look = stored.look(file);
        if (look.dataset().isPresent()) {
          skipped.add(
              new Report.LeftOut(
                  file.path(), "stored already, as dataset " + look.dataset().get()));
        } else {
          fresh.add(look.file());
        }
      } catch (IOException e) {
        leftOut.add(new Report.LeftOut(file.path(), "it cannot be read: " + DiskTrouble.words(e)));
      }
    }
    return new Sifting(fresh, List.copyOf(begun.values()), skipped, leftOut);
  }

  private static Map<Place, Manifest> underWay(Manifest.Owner owner, List<Manifest> known) {
    Map<Place, Manifest> underWay = new HashMap<>();
    for (Manifest manifest : known) {
      boolean ours =
          manifest.projectId().equals(owner.projectId())
              && manifest.deviceId().equals(owner.deviceId());
      if (ours && !manifest.finished()) {
        manifest.files().stream()
            .filter(file -> !file.state().finished())
            .forEach(file -> underWay.put(new Place(file.path(), file.stamp()), manifest));
      }
    }
    return underWay;
  }
}
