import { type DynamicModule, type FactoryProvider, Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { REPLICA_SETTINGS, type ReplicaSettings } from './replica-settings.js';
import { Replica } from './replica.entity.js';
import { ReplicaService } from './replica.service.js';
import { ReplicasRepository } from './replicas.repository.js';

/** This process among the others on the same database, for every module. */
@Global()
@Module({})
export class ReplicasModule {
  static forRootAsync(settings: Settings): DynamicModule {
    return {
      module: ReplicasModule,
      imports: [TypeOrmModule.forFeature([Replica])],
      providers: [{ provide: REPLICA_SETTINGS, ...settings }, ReplicasRepository, ReplicaService],
      exports: [ReplicaService],
    };
  }
}

type Settings = Pick<FactoryProvider<ReplicaSettings>, 'inject' | 'useFactory'>;
