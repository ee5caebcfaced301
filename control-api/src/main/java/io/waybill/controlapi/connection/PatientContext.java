package io.waybill.controlapi.connection;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/** A connection as the server sees it, read and written by us. */
final class PatientContext implements ConnectionContext {

  private final ConnectionContext real;
  private final Patience patience;
  private final PatientReader reader;
  private final PatientWriter writer;

  PatientContext(ConnectionContext real, Patience patience) {
    this.real = real;
    this.patience = patience;
    this.reader = new PatientReader(real.serverSocket(), patience);
    this.writer = new PatientWriter(real.dataWriter(), patience);
  }

  Patience patience() {
    return patience;
  }

  PatientReader reader() {
    return reader;
  }

  @Override
  public DataReader dataReader() {
    return reader;
  }

  @Override
  public DataWriter dataWriter() {
    return writer;
  }

  @Override
  public ListenerContext listenerContext() {
    return real.listenerContext();
  }

  @Override
  public ExecutorService executor() {
    return real.executor();
  }

  @Override
  public Router router() {
    return real.router();
  }

  @Override
  public Optional<ProxyProtocolData> proxyProtocolData() {
    return real.proxyProtocolData();
  }

  @Override
  public HelidonSocket serverSocket() {
    return real.serverSocket();
  }

  @Override
  public PeerInfo remotePeer() {
    return real.remotePeer();
  }

  @Override
  public PeerInfo localPeer() {
    return real.localPeer();
  }

  @Override
  public boolean isSecure() {
    return real.isSecure();
  }

  @Override
  public String socketId() {
    return real.socketId();
  }

  @Override
  public String childSocketId() {
    return real.childSocketId();
  }
}
