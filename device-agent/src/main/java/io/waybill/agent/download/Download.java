package io.waybill.agent.download;

import io.waybill.agent.http.PatientApi;
import io.waybill.agent.local.Directories;
import io.waybill.agent.local.DiskTrouble;
import io.waybill.agent.local.LocalPath;
import io.waybill.agent.spool.WholeSum;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One dataset on its way to one place on this machine; run it once, look at it from anywhere. */
public final class Download {

  private final PatientApi api;
  private final Dataset dataset;
  private final Path target;
  private final DownloadSettings settings;
  private final Chunks chunks;
  private volatile @Nullable Fetching fetching;
  private volatile @Nullable String checking;

  public Download(PatientApi api, Dataset dataset, Path target, DownloadSettings settings) {
    this.api = api;
    this.dataset = dataset;
    this.target = target;
    this.settings = settings;
    this.chunks = Chunks.of(dataset.sizeBytes());
  }

  /** Fetches what is missing, checks all of it, and puts it in its place. */
  public DownloadEnd run() throws InterruptedException {
    try {
      if (dataset.sizeBytes() < 1) {
        return new DownloadEnd.Refused("it has no bytes yet; its status is " + dataset.status());
      }
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS) && !settings.replace()) {
        return occupied();
      }
      return begin();
    } catch (FileAlreadyExistsException e) {
      return inTheWay();
    } catch (IOException e) {
      return new DownloadEnd.NoRoom(
          LocalPath.text(folder())
              + " does not let us work: "
              + DiskTrouble.words(e)
              + "; what is there is kept");
    }
  }

  private Path folder() {
    Path folder = target.getParent();
    return folder == null ? LocalPath.of(".") : folder;
  }

  private DownloadEnd occupied() throws IOException {
    String sum = dataset.checksumSha256();
    if (sum != null
        && Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
        && Files.size(target) == dataset.sizeBytes()) {
      checking = "comparing it with what is there";
      if (sum.equalsIgnoreCase(WholeSum.of(target).sha256())) {
        return new DownloadEnd.ThereAlready();
      }
    }
    return inTheWay();
  }

  private DownloadEnd inTheWay() {
    return new DownloadEnd.InTheWay(
        LocalPath.text(target) + " is there already, and is something else; --force replaces it");
  }

  private DownloadEnd begin() throws IOException, InterruptedException {
    if (!Files.isDirectory(folder())) {
      Directories.make(folder());
    }
    Optional<PartialFile> free = PartialFile.open(folder(), dataset, chunks);
    if (free.isEmpty()) {
      return new DownloadEnd.InTheWay("another process fetches this dataset into this folder");
    }
    try (PartialFile file = free.get()) {
      long missing = dataset.sizeBytes() - file.confirmedBytes();
      long room = Files.getFileStore(folder()).getUsableSpace();
      if (missing > room) {
        return new DownloadEnd.NoRoom(
            LocalPath.text(folder())
                + " has room for "
                + room
                + " bytes, and "
                + missing
                + " are to come; make room and run it again");
      }
      return fetch(file);
    }
  }

  private DownloadEnd fetch(PartialFile file) throws IOException, InterruptedException {
    RangeSource source =
        new HttpRanges(
            dataset.sizeBytes(),
            dataset.objectEtag(),
            settings.stall(),
            settings.trustedCertificates());
    Fetching running = new Fetching(file, chunks, source, new UrlSupply(api, dataset), settings);
    fetching = running;
    DownloadEnd trouble = running.run();
    if (trouble instanceof DownloadEnd.Different) {
      file.discard();
    }
    return trouble == null ? whole(file, running.movedBytes()) : trouble;
  }

  private DownloadEnd whole(PartialFile file, long fetchedBytes) throws IOException {
    String promised = dataset.checksumSha256();
    if (promised != null) {
      checking = "checking its checksum";
      String sum = WholeSum.of(file.data()).sha256();
      if (!sum.equals(promised.toLowerCase(Locale.ROOT))) {
        file.discard();
        return new DownloadEnd.Different(
            "its SHA-256 is " + sum + ", and the server knows it as " + promised);
      }
    }
    file.publish(target, settings.replace());
    return new DownloadEnd.Stored(fetchedBytes, promised != null);
  }

  /** How far it is now. */
  public DownloadProgress progress() {
    Fetching running = fetching;
    return running == null
        ? new DownloadProgress(dataset.sizeBytes(), 0, 0, chunks.count(), 0, 0, checking)
        : running.progress(checking);
  }
}
