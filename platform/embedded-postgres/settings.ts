import { accessSync, constants, statfsSync } from 'node:fs';

const SHARED_MEMORY_MOUNT = '/dev/shm';
const MIN_SHARED_MEMORY_BYTES = 512 * 1024 * 1024;

/** The server's settings, given on its command line so that a cluster carries no settings of an earlier version. */
export function serverSettings(port: number, extra: Record<string, string> = {}): Record<string, string> {
  return {
    ...NETWORK,
    ...MEMORY,
    ...DURABILITY,
    ...BEHAVIOUR,
    dynamic_shared_memory_type: dynamicSharedMemoryType(),
    ...extra,
    port: String(port),
  };
}

const NETWORK = {
  listen_addresses: '127.0.0.1',
  // A socket's path may be at most 107 bytes long and its folder not writable; TCP is enough.
  unix_socket_directories: '',
  password_encryption: 'scram-sha-256',
  max_connections: '100',
};

const MEMORY = {
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  // The service itself uses the second core: one helper a query, no more.
  max_parallel_workers: '2',
  max_parallel_workers_per_gather: '1',
  max_parallel_maintenance_workers: '1',
};

const DURABILITY = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  checkpoint_completion_target: '0.9',
  // Nothing replicates from this server.
  wal_level: 'minimal',
  max_wal_senders: '0',
};

const BEHAVIOUR = {
  // Compiling a query costs more than it saves on statistics queries of tens of milliseconds.
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Messages and logs in English whatever the cluster was made with: start-up failures are told apart by their text.
  lc_messages: 'C',
  lc_monetary: 'C',
  lc_numeric: 'C',
  lc_time: 'C',
  log_min_messages: 'warning',
  log_checkpoints: 'off',
  logging_collector: 'off',
  log_destination: 'stderr',
  log_line_prefix: '%m [%p] ',
  // Solid-state disks are the rule now.
  random_page_cost: '1.1',
};

/**
 * POSIX shared memory lives in /dev/shm, 64 MB in a default container, and a parallel query that outgrows it fails;
 * files in the data directory are slower but as large as the disk.
 */
function dynamicSharedMemoryType(): 'posix' | 'mmap' {
  try {
    accessSync(SHARED_MEMORY_MOUNT, constants.W_OK);
    const { bsize, blocks } = statfsSync(SHARED_MEMORY_MOUNT);
    return bsize * blocks >= MIN_SHARED_MEMORY_BYTES ? 'posix' : 'mmap';
  } catch {
    return 'mmap';
  }
}
