package io.waybill.agent.doctor;

import io.waybill.agent.spool.FileEntry;
import io.waybill.agent.spool.Manifest;
import io.waybill.agent.spool.ServerSide;
import io.waybill.agent.spool.Spool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the store checked of the last upload that this machine began. */
public final class LastSum {

  private LastSum() {}

  /**
   * Looks into the state directory, and makes none.
   *
   * @return the algorithm, or nothing where none was wanted; empty when there was no upload yet
   */
  public static Optional<Optional<String>> in(Path state) {
    if (!Files.isDirectory(state.resolve("uploads"))) {
      return Optional.empty();
    }
    try {
      List<ServerSide> known =
          Spool.open(state, (file, reason) -> {}).all().stream()
              .map(Manifest::files)
              .flatMap(List::stream)
              .map(FileEntry::server)
              .<ServerSide>mapMulti((server, next) -> {
                if (server != null) {
                  next.accept(server);
                }
              })
              .toList();
      return known.isEmpty()
          ? Optional.empty()
          : Optional.of(Optional.ofNullable(known.getLast().checksumAlgorithm()));
    } catch (IOException e) {
      return Optional.empty(); // said by the check of the directory
    }
  }
}
