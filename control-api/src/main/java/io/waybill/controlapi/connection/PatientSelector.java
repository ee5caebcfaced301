package io.waybill.controlapi.connection;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;

/** The server's HTTP/1.1, the only protocol there is here, over connections that we look after. */
public final class PatientSelector implements ServerConnectionSelector {

  private final ServerConnectionSelector http;
  private final ConnectionLimits limits;
  private final PatientConnection.Neighbours neighbours;

  /**
   * @param config of the server's HTTP/1.1
   * @param patrol closes the connections that keep us waiting; outlives the server
   */
  public PatientSelector(Http1Config.Builder config, ConnectionLimits limits, Patrol patrol) {
    Http1Config framed =
        config.addReceiveListener(new Framing()).addSendListener(new LastAnswer()).build();
    this.http = Http1ConnectionSelector.builder().config(framed).build();
    this.limits = limits;
    this.neighbours = new PatientConnection.Neighbours(new Addresses(limits.perAddress()), patrol);
  }

  @Override
  public int bytesToIdentifyConnection() {
    return 0;
  }

  @Override
  public Support supports(BufferData data) {
    return Support.SUPPORTED;
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext ctx) {
    PatientContext ours = new PatientContext(ctx, new Patience(limits, ctx.serverSocket()::close));
    return new PatientConnection(http.connection(ours), ours, neighbours);
  }
}
