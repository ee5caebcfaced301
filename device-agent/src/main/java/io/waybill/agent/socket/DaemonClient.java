package io.waybill.agent.socket;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A command's end. */
public final class DaemonClient {

  private DaemonClient() {}

  /** The daemon's answer; empty when none runs on this state directory. */
  public static Optional<DaemonReply> ask(Path state, DaemonRequest request) {
    Path path = Line.socketOf(state);
    if (!Line.fits(path) || !Files.exists(path)) {
      return Optional.empty();
    }
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      Line.write(channel, request);
      return Optional.of(Line.read(channel, DaemonReply.class));
    } catch (IOException e) {
      return Optional.empty(); // what one that was killed has left
    }
  }
}
