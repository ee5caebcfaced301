package io.waybill.agent.cli;

import io.waybill.agent.local.LocalPath;
import io.waybill.agent.local.Program;
import io.waybill.agent.spool.FileEntry;
import io.waybill.agent.spool.Manifest;
import io.waybill.agent.spool.Spool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the uploads that a person means. */
record Lookup(Spool spool, List<Manifest> manifests) {

  private static final int SHORTEST_PREFIX = 4;

  Lookup {
    manifests = List.copyOf(manifests);
  }

  /** All unfinished uploads, or the one that is named. */
  static Lookup of(Context context, @Nullable String name) throws IOException {
    if (name == null) {
      Spool spool = context.spool();
      return new Lookup(spool, spool.unfinished());
    }
    Path path = name.isEmpty() || name.indexOf('\0') >= 0 ? null : LocalPath.of(name);
    if (path != null && Files.isRegularFile(path)) {
      return ofFile(context, path);
    }
    Spool spool = context.spool();
    List<Manifest> named = spool.all().stream().filter(m -> answersTo(m, name)).toList();
    if (named.size() > 1) {
      throw new UsageException(name + " names " + named.size() + " uploads; give more of the id");
    }
    return new Lookup(spool, named);
  }

  /** A manifest given as a file lies in the folder {@code uploads} of its state directory. */
  private static Lookup ofFile(Context context, Path file) throws IOException {
    Path folder = file.getParent();
    Path state = folder == null ? null : folder.getParent();
    String name = LocalPath.name(file);
    if (folder == null || state == null || !folder.endsWith("uploads") || !name.endsWith(".json")) {
      throw new UsageException(
          LocalPath.text(file) + " is not a manifest; see: " + Program.NAME + " status");
    }
    Spool spool = context.spool(state);
    String id = name.substring(0, name.length() - ".json".length());
    return new Lookup(spool, spool.read(id).stream().toList());
  }

  /** Its own id, its task's, or one of its sessions' or objects'; or the beginning of one. */
  private static boolean answersTo(Manifest manifest, String name) {
    return Stream.concat(
            Stream.of(manifest.uploadId(), String.valueOf(manifest.taskId())),
            manifest.files().stream()
                .map(FileEntry::server)
                .flatMap(server ->
                    server == null
                        ? Stream.empty()
                        : Stream.of(server.sessionId(), server.objectId())))
        .anyMatch(
            id -> id.equals(name) || (name.length() >= SHORTEST_PREFIX && id.startsWith(name)));
  }

  /** The one that is named; an error that says how to find it when there is none. */
  Manifest one(String name) {
    if (manifests.isEmpty()) {
      throw new UsageException(
          "no upload is called " + name + "; see: " + Program.NAME + " status");
    }
    return manifests.getFirst();
  }
}
