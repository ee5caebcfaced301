package io.waybill.agent.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DaemonSocketTest {

  @TempDir private Path folder;

  /** Has troubles before it lets anybody in. */
  private static final class Troubled extends ServerSocketChannel {
    private final ServerSocketChannel door;
    private final Queue<Exception> troubles = new ConcurrentLinkedQueue<>();

    private Troubled(Path path) throws IOException {
      super(SelectorProvider.provider());
      this.door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      door.bind(UnixDomainSocketAddress.of(path));
    }

    @Override
    public SocketChannel accept() throws IOException {
      Exception trouble = troubles.poll();
      if (trouble instanceof IOException outside) {
        throw outside;
      }
      if (trouble instanceof RuntimeException ours) {
        throw ours;
      }
      return door.accept();
    }

    @Override
    public ServerSocketChannel bind(@Nullable SocketAddress local, int backlog) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <T> ServerSocketChannel setOption(SocketOption<T> name, T value) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <T> T getOption(SocketOption<T> name) throws IOException {
      return door.getOption(name);
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
      return door.supportedOptions();
    }

    @Override
    public ServerSocket socket() {
      throw new UnsupportedOperationException();
    }

    @Override
    public SocketAddress getLocalAddress() throws IOException {
      return door.getLocalAddress();
    }

    @Override
    protected void implCloseSelectableChannel() throws IOException {
      door.close();
    }

    @Override
    protected void implConfigureBlocking(boolean block) throws IOException {
      door.configureBlocking(block);
    }
  }

  @Test
  void who_could_not_be_let_in_for_a_while_is_let_in_again() throws Exception {
    Path path = Line.socketOf(folder);
    Troubled door = new Troubled(path);
    door.troubles.add(new IOException("Too many open files"));
    door.troubles.add(new IllegalStateException("on purpose"));
    try (DaemonSocket _ =
            DaemonSocket.behind(path, door, request -> new DaemonReply(1, null, List.of()));
        SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      Line.write(client, new DaemonRequest(DaemonRequest.Word.LOOK, null));
      assertThat(Line.read(client, DaemonReply.class)).isNotNull();
    }
  }
}
