import { type Service, portText } from '../explain/world/services';

/** Ports that stand for something an Ingress does not pass on, and what it is. */
const others: ReadonlyMap<number, string> = new Map([
  [21, 'FTP'], [22, 'SSH'], [25, 'SMTP'], [53, 'DNS'], [110, 'POP3'], [143, 'IMAP'], [389, 'LDAP'], [465, 'SMTP'], [587, 'SMTP'], [636, 'LDAP'],
  [993, 'IMAP'], [995, 'POP3'], [1433, 'SQL Server'], [1521, 'Oracle'], [1883, 'MQTT'], [2049, 'NFS'], [2181, 'ZooKeeper'], [3306, 'MySQL'],
  [3389, 'RDP'], [4222, 'NATS'], [5432, 'PostgreSQL'], [5671, 'AMQP'], [5672, 'AMQP'], [6379, 'Redis'], [8883, 'MQTT'], [9042, 'Cassandra'],
  [9092, 'Kafka'], [11211, 'memcached'], [27017, 'MongoDB'],
]);

const http = /^(https?|http2|h2c|grpc|ws|wss)\b|^kubernetes\.io\/(h2c|wss?)$/i;

/** Why an Ingress could not stand in front of a Service, going by its ports; undefined when nothing speaks against it. */
export function whyNotHttp(service: Service): string | undefined {
  for (const port of service.ports) {
    if (port.protocol !== 'TCP') return `port ${portText(port)} is not TCP`;
    if (http.test(port.appProtocol ?? port.name ?? '')) continue;
    if (port.appProtocol !== undefined) return `port ${port.port} speaks ${port.appProtocol}`;
    const other = others.get(port.port);
    if (other !== undefined) return `port ${port.port} is ${other}`;
  }
  return service.ports.length === 0 ? 'it has no port' : undefined;
}
