import { Module } from '@nestjs/common';

/** Thin controllers for administrators over other modules' services. */
@Module({})
export class AdminModule {}
