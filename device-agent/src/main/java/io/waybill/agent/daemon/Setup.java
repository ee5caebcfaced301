package io.waybill.agent.daemon;

import io.waybill.agent.command.Obedience;
import io.waybill.agent.config.Limits;
import io.waybill.agent.config.WatchEntry;
import io.waybill.agent.control.ControlPlane;
import io.waybill.agent.receipt.PinnedKeys;
import io.waybill.agent.spool.Manifest;
import io.waybill.agent.spool.Spool;
import io.waybill.agent.upload.UploadListener;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a daemon is given.
 *
 * @param owner on whose behalf files are uploaded; their project where a directory names none
 * @param metered is started and closed with the daemon
 * @param caFile the authorities that the store is trusted by, null for the JVM's own
 * @param obedience does what the server asks of this device, and is closed with the daemon
 */
public record Setup(
    Spool spool,
    Manifest.Owner owner,
    ControlPlane server,
    List<WatchEntry> watch,
    Limits limits,
    Metered metered,
    PinnedKeys keys,
    @Nullable Path caFile,
    Log log,
    UploadListener listener,
    Obedience obedience) {

  public Setup {
    watch = List.copyOf(watch);
  }

  /** Where a daemon speaks. */
  public interface Log {
    void say(String line);

    void bug(Throwable bug);
  }
}
