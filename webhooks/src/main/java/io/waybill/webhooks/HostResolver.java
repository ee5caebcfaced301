package io.waybill.webhooks;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a name; it may take as long as a stranger's name server does. */
@FunctionalInterface
public interface HostResolver {

  /** As this machine resolves names. */
  HostResolver SYSTEM = host -> List.of(InetAddress.getAllByName(host));

  /** All of them, best first. */
  List<InetAddress> resolve(String host) throws UnknownHostException, InterruptedException;
}
